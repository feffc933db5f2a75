using System.Globalization;
using ProbeAgent.Lab;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.ParityTests;

/// <summary>The path of a target goes to the app as the kubelet would send the <c>path</c> of its probe.</summary>
public sealed class TargetTests(ParityLab lab)
{
    private const int SideBySide = 4;

    private static readonly string[] Paths =
    [
        "", "/", "/status", "/status/", "/status?a=b", "/status?", "/status?a=b?c", "/status?a=b&c=d", "/?", "?a=b",
        "/status#part", "/status?a=b#part", "/#",
        "/a%20b", "/a%2Fb", "/a%2fb", "/%41", "/%7E", "/~", "/%C3%BC", "/%c3%bc", "/%00", "/%0A",
        "/%zz", "/%", "/a%2", "/a%?x", "/%zz?a=b", "/status?a=%zz", "/status?a=%20b",
        "/a b", "/a  b", "/status?a=b c", "/\u00fc", "/status?a=\u00fc", "/\u20ac",
        "/a/../b", "/a/./b", "/./", "/..", "/../b", "/a/..", "/a/%2e%2e/b", "/%2e/b",
        "//", "//a", "/a//b", "///a",
        "/a;b=c", "/a,b", "/a:b", "/a@b", "/a=b", "/a+b", "/a&b", "/a$b", "/a!b", "/a*b", "/(a)", "/a'b", "/-._~",
        "/a\"b", "/<a>", "/{a}", "/a|b", "/a\\b", "/^a", "/`a`", "/[a]", "/a]b",
        "/status?a=\"b\"", "/status?a=<b>", "/status?a={b}", "/status?a=b|c", "/status?a=b\\c", "/status?a=^", "/status?a=`", "/status?a=[b]", "/status?a='b'",
        "/status?a=/../b", "/status?a=//b",
    ];

    internal static IEnumerable<string> Ids => Paths.Select(IdOf);

    [Fact]
    public async Task TheRequestTargetIsTheKubelets()
    {
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();
        var measured = new (string Path, string Kubelet, string Agent)[Paths.Length];

        await Parallel.ForEachAsync(
            Paths.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide },
            async (path, _) => measured[path.Index] = await AskAsync(prober, path.Item));

        Report.AssertNone(measured.SelectMany(one => judgement.Finding(
            IdOf(one.Path), one.Kubelet, one.Agent, $"http://127.0.0.1:PORT{one.Path}")));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"parity target: {Paths.Length} paths, {measured.Count(one => one.Kubelet == one.Agent)} agree"));
    }

    [Theory]
    [InlineData("http://localhost:PORT/status", "localhost")]
    [InlineData("http://[::1]:PORT/status", "::1")]
    [InlineData("http://127.0.0.1:PORT/status", "127.0.0.1")]
    public async Task TheHostOfATargetIsSentAsTheKubeletSendsIt(string target, string host)
    {
        var prober = await lab.ProberAsync();
        await using var app = HostileApp.Start(System.Net.IPAddress.IPv6Any, _ => Answer.Whole("HTTP/1.1 200 OK"));
        await using var agent = await AskedAgent.StartAsync(target.Replace("PORT", app.PortText, StringComparison.Ordinal));

        await prober.HttpGetAsync(host, app.Port, "/status");
        var kubelets = Assert.Single(app.TakeReceived());
        await agent.AskAsync();
        var agents = Assert.Single(app.TakeReceived());

        Assert.Equal(kubelets.HeaderLines.Order(StringComparer.Ordinal), agents.HeaderLines.Order(StringComparer.Ordinal));
    }

    private static async Task<(string Path, string Kubelet, string Agent)> AskAsync(KubeletProber prober, string path)
    {
        await using var app = HostileApp.Start(_ => Answer.Whole("HTTP/1.1 200 OK"));

        // Without a path in the pod's YAML the API server writes one.
        await prober.HttpGetAsync("127.0.0.1", app.Port, path.Length == 0 ? "/" : path);
        var kubelets = Assert.Single(app.TakeReceived());

        await using var agent = AgentProcess.Launch(
            [], ("PROBEAGENT_TARGET", $"http://127.0.0.1:{app.PortText}{path}"), ("PROBEAGENT_MAX_AGE_SECONDS", "0"));
        if (await HasRefusedAsync(agent))
        {
            return (path, kubelets.Target, "refused");
        }

        using var caller = new AgentCaller(agent.Url("/livez"));
        await caller.AskAsync();
        return (path, kubelets.Target, Assert.Single(app.TakeReceived()).Target);
    }

    private static async Task<bool> HasRefusedAsync(AgentProcess agent)
    {
        try
        {
            await agent.WaitForOutputAsync("listening on");
            return false;
        }
        catch (InvalidOperationException)
        {
            // It ended instead.
            Assert.Equal(2, await agent.WaitForExitAsync());
            return true;
        }
    }

    // A table's cell holds no space and no bar.
    private static string IdOf(string path) =>
        "target/" + path.Replace(" ", "<space>", StringComparison.Ordinal).Replace("|", "<bar>", StringComparison.Ordinal)
            .Replace("`", "<backtick>", StringComparison.Ordinal).Replace("*", "<asterisk>", StringComparison.Ordinal);
}
