using System.Globalization;
using ProbeAgent.ParityTests.Cases;

namespace ProbeAgent.ParityTests;

/// <summary>The agent's verdict is the kubelet's, whatever the app answers.</summary>
public sealed class AnswerTests(ParityLab lab)
{
    public static TheoryData<string> Groups => [.. Catalogue.Groups];

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task TheAgentSaysWhatTheKubeletSays(string group)
    {
        var judgement = await lab.JudgementAsync();

        var measured = await lab.MeasureAsync(group);

        Report.Write(group, measured, judgement);
        Report.AssertNone(judgement.Findings(measured));
    }

    [Fact]
    public async Task RedirectsAreAskedForAsTheKubeletAsks()
    {
        var judgement = await lab.JudgementAsync();

        var measured = await lab.MeasureAsync("redirect");

        Report.AssertNone(judgement.RequestFindings(measured));
    }

    [Fact]
    public async Task AFollowedRedirectTellsTheAppNothingOfTheFirstQuestion()
    {
        var measured = await lab.MeasureAsync("redirect");

        Assert.Contains(measured, one => one.KubeletSent.Any(SaysWhereItComesFrom));
        Assert.DoesNotContain(measured, one => one.AgentSent.Any(SaysWhereItComesFrom));
    }

    [Fact]
    public void EveryCaseHasAnIdOfItsOwn()
    {
        IEnumerable<ParityCase> all = [.. Catalogue.All, .. HttpsTests.Cases, .. GrpcCases.All, .. HookCases.Plain, .. HookCases.Secure];

        var twice = all.GroupBy(one => one.Id).Where(same => same.Count() > 1).Select(same => same.Key);

        Assert.Empty(twice);
    }

    [Fact]
    public void EveryRowOfTheListsNamesCases()
    {
        string[] ids =
        [
            .. Catalogue.All.Select(one => one.Id),
            .. Catalogue.Of("redirect").Select(one => "wire/" + one.Id),
            .. TcpCases.All.Select(one => one.Id),
            .. AutoHostTests.Ids,
            .. TargetTests.Ids,
            .. HttpsTests.Ids,
            .. GrpcTests.Ids,
            .. HookTests.Ids,
            .. HeaderTests.Ids,
            .. HelloTests.Ids,
        ];

        var without = lab.Known.OfTheAgent.Concat(lab.Known.OfOldGo).SelectMany(row => row.WithoutACase(ids));

        Assert.Empty(without);
    }

    [Fact]
    public void ThereAreAsManyMutationsAsPromised()
    {
        Assert.True(Catalogue.Of("mutation").Count >= 200, Catalogue.Of("mutation").Count.ToString(CultureInfo.InvariantCulture));
    }

    private static bool SaysWhereItComesFrom(string request) =>
        request.Split('\n').Any(line => Comparison.OfRedirects.Contains(line.Split(": ")[0]));
}
