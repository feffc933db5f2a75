using ProbeAgent.Lab.Hostile;
using ProbeAgent.ParityTests.Cases;

namespace ProbeAgent.ParityTests;

/// <summary>
/// A lifecycle hook through the agent ends for the kubelet as it would have ended directly, although the kubelet looks at no
/// status: what fails there fails here.
/// </summary>
public sealed class HookTests(ParityLab lab)
{
    // Most of it is waiting for time limits to pass.
    private const int LaneCount = 10;

    internal static IEnumerable<string> Ids =>
        HookCases.Plain.Concat(HookCases.Secure).Select(one => one.Id).Append("wire/hook/request").Append("wire/hook-https/hello");

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task TheKubeletSeesThroughTheAgentWhatItSeesDirectly(string scheme)
    {
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();
        var neighbours = await lab.NeighboursAsync();
        await using var lanes = await LaneSet.StartAsync(LaneCount, () => Lane.HookAsync(prober, neighbours, scheme));

        var measured = await lanes.CompareAsync(scheme == "http" ? HookCases.Plain : HookCases.Secure);

        Report.Write($"hook {scheme}", measured, judgement);
        Report.AssertNone(judgement.Findings(measured));
    }

    [Theory]
    [InlineData("/app-lifecycle/app/preStop?key=wrong")]
    [InlineData("/app-lifecycle/app/preStop?key=sesam")]
    [InlineData("/app-lifecycle/app/preStop?key=sesame2")]
    [InlineData("/app-lifecycle/app/preStop?key=Sesame")]
    [InlineData("/app-lifecycle/app/preStop?key=")]
    [InlineData("/app-lifecycle/app/preStop?key")]
    [InlineData("/app-lifecycle/app/preStop")]
    [InlineData("/app-lifecycle/app/preStop?key=sesame&x=y")]
    [InlineData("/app-lifecycle/app/preStop?x=y&key=sesame")]
    [InlineData("/app-lifecycle/app/prestop?key=sesame")]
    [InlineData("/app-lifecycle/app/postStart?key=sesame")]
    [InlineData("/app-lifecycle/other/preStop?key=sesame")]
    [InlineData("/app-lifecycle/app?key=sesame")]
    [InlineData("/app-lifecycle/?key=sesame")]
    [InlineData("/app-lifecycle/app/preStop/?key=sesame")]
    public async Task WhatIsNotTheHookIsAnErrorForTheKubeletAndNothingForTheApp(string path)
    {
        var prober = await lab.ProberAsync();
        var neighbours = await lab.NeighboursAsync();
        await using var app = HostileApp.Start(_ => Answer.Whole("HTTP/1.1 200 OK"));
        await using var agent = await AskedAgent.StartWithDocumentAsync(Documents.Hook("http", app.Port));

        var right = await prober.HookAsync("127.0.0.1", agent.Port, Documents.HookPath);
        app.TakeReceived();
        var wrong = await prober.HookAsync("127.0.0.1", agent.Port, path);

        Assert.Equal("success", right.Result);
        Assert.Equal("failure", wrong.Result);
        Assert.Empty(app.TakeReceived());
    }

    [Fact]
    public async Task TheRequestIsTheKubelets()
    {
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();
        var neighbours = await lab.NeighboursAsync();
        await using var lane = await Lane.HookAsync(prober, neighbours, "http");

        var measured = await lane.CompareAsync(new ParityCase("hook/request", Answer.Whole("HTTP/1.1 200 OK")));

        Assert.Single(measured.AgentSent);
        Report.AssertNone(judgement.RequestFindings([measured]));
    }

    [Theory]
    [InlineData("closing/end-before-answer")]
    [InlineData("closing/reset-before-answer")]
    [InlineData("closing/end-unasked")]
    [InlineData("closing/reset-unasked")]
    public async Task AnAppThatGivesNoAnswerIsNotAskedAgain(string id)
    {
        var prober = await lab.ProberAsync();
        var neighbours = await lab.NeighboursAsync();
        await using var lane = await Lane.HookAsync(prober, neighbours, "http");

        var measured = await lane.CompareAsync(Catalogue.All.Single(one => one.Id == id));

        Assert.Equal("failure", measured.Agent.Result);
        Assert.Single(measured.AgentSent);
    }
}
