using ProbeAgent.Lab;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests;

/// <summary>What a check says before its secret begins: whom it asks for, and what it offers to speak.</summary>
public sealed class HelloTests(ParityLab lab)
{
    private static readonly ProbeHeader[] None = [];

    private static readonly ProbeHeader[] ToAnother = [new("Host", "web.example")];

    internal static IEnumerable<string> Ids => ["wire/hello/name", "wire/hello/protocols", "wire/hello-hook/name", "wire/hello-hook/protocols"];

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("localhost", false)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    public async Task TheServerIsAskedForAsTheKubeletAsks(string host, bool hasHostHeader)
    {
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();
        var headers = hasHostHeader ? ToAnother : None;
        await using var app = HostileApp.Start(System.Net.IPAddress.IPv6Any, _ => Answer.Unasked.ThenReadClientHello().ThenReset());
        await using var agent = await AskedAgent.StartWithDocumentAsync(Documents.WithHeaders("HTTPS", host, app.Port, headers));

        await prober.HttpGetAsync(host, app.Port, "/status", "https", headers);
        var kubelets = FirstHello(app);
        await agent.AskAsync();
        var agents = FirstHello(app);

        Report.AssertNone(Findings(judgement, "hello", kubelets, agents));
    }

    [Fact]
    public async Task TheServerOfAHookIsAskedForAsTheKubeletAsks()
    {
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();
        await using var app = HostileApp.Start(_ => Answer.Unasked.ThenReadClientHello().ThenReset());
        await using var agent = await AskedAgent.StartWithDocumentAsync(Documents.Hook("https", app.Port));

        await prober.HookAsync("127.0.0.1", app.Port, "/status", "https");
        var kubelets = FirstHello(app);
        await prober.HookAsync("127.0.0.1", agent.Port, Documents.HookPath);
        var agents = FirstHello(app);

        Report.AssertNone(Findings(judgement, "hello-hook", kubelets, agents));
    }

    // Whoever is reset may say it again.
    private static ClientHello FirstHello(HostileApp app) => new(app.TakeReceived()[0].ClientHello.Span);

    private static IEnumerable<string> Findings(Judgement judgement, string what, ClientHello kubelets, ClientHello agents) =>
    [
        .. judgement.Finding($"wire/{what}/name", kubelets.ServerName, agents.ServerName, "the name in the ClientHello"),
        .. judgement.Finding($"wire/{what}/protocols", Text(kubelets), Text(agents), "the protocols in the ClientHello"),
    ];

    private static string Text(ClientHello hello) => string.Join(", ", hello.Protocols.DefaultIfEmpty("-"));
}
