using System.Text;
using ProbeAgent.BlackBoxTests.HostileApps;
using ProbeAgent.BlackBoxTests.Tls;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.BlackBoxTests.Fuzz;

/// <summary>
/// Checks under answers that chance has made of good ones: every probe has a code and a reason of the contract, in time, and none
/// of them is a bug of the agent.
/// </summary>
[Collection("alone")]
public sealed class AnswerFuzzTests
{
    private const string Reasons = "connection_reset|response_timeout|body_timeout|tls_error|protocol_error|bad_status|too_many_redirects"
        + "|connection_refused|grpc_not_serving|grpc_unknown_service";

    private static readonly byte[][] HttpSamples =
    [.. new[]
    {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /there?x=1#y\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 307 Moved\r\nLocation: //127.0.0.9:80/there\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 503 No\r\nRetry-After: 1\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\nno",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: keep-alive, Upgrade\r\nETag: \"x\"\r\nContent-Length: 2\r\n\r\nok",
    }.Select(Encoding.Latin1.GetBytes)];

    private static readonly byte[][] GrpcSamples =
    [
        [.. Http2.Settings.Span, .. Http2.SettingsSeen.Span, .. Http2.Headers(":status: 200", "content-type: application/grpc"),
            .. Http2.Data(0, 0, 0, 0, 2, 8, 1), .. Http2.LastHeaders("grpc-status: 0")],
        [.. Http2.Settings.Span, .. Http2.LastHeaders(":status: 200", "content-type: application/grpc", "grpc-status: 14", "grpc-message: a%20b")],
        [.. Http2.Settings.Span, .. Http2.Ping.Span, .. Http2.Reset(8)],
        [.. Http2.Settings.Span, .. Http2.GoAway(1, 0)],
    ];

    private static readonly string[] Words =
    [
        "\r\n", "\n", "\r", "\0", " ", ":", ";", ",", "/", "//", "..", "%", "%zz", "#", "?", "@", "[", "[::1]", "\\", "\u00ff\u00fe", "-1", "65536",
        "99999999999999999999", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 101 Up\r\n\r\n", "Content-Length: 1\r\n", "Transfer-Encoding: chunked\r\n",
        "Location: ", "http://", "https://", "http://127.0.0.9/", "http://127.0.0.1:99999/", "Content-Type: \u00e9\r\n", "\t", "\u0015\u0003\u0003\0\u0002\u0002\u0028",
        "\0\0\0\u0004\0\0\0\0\0", "grpc-status", "\u00ff\u00ff\u00ff\u00ff", "\u0007:status\u0003200",
    ];

    [Fact]
    public async Task An_answer_of_HTTP_is_judged_whatever_it_is()
    {
        await using var app = FakeApp.Start(AppScripts.Well);
        await using var agent = await StartAsync($"http://127.0.0.1:{app.Port}/status");

        await ProbeAsync(agent, HttpSamples, rounds: 800, bytes =>
        {
            // A redirect is followed: the second time the app is well.
            app.Script = AppScripts.FirstTimes(1, AppScripts.SendThenFinish(Encoding.Latin1.GetString(bytes)), AppScripts.Well);
        });
    }

    [Fact]
    public async Task An_answer_of_gRPC_is_judged_whatever_it_is()
    {
        await using var app = HostileApp.Start(_ => Lab.Hostile.Answer.Nothing);
        await using var agent = await StartAsync($"grpc://127.0.0.1:{app.Port}");

        await ProbeAsync(agent, GrpcSamples, rounds: 250, bytes => app.AnswerWith(_ => Lab.Hostile.Answer.Unasked.Then(bytes)));
    }

    [Fact]
    public async Task What_comes_over_TLS_is_judged_whatever_it_is()
    {
        using var certificate = TestAuthority.SelfSigned("127.0.0.1");
        var seed = Seed.Take();
        await using var app = new TamperingApp(certificate);
        await using var agent = await StartAsync($"https://127.0.0.1:{app.Port}/");

        for (var round = 0; round < 100; round++)
        {
            var chance = seed.Chance(round);
            app.TamperBy(record => new Mutator(chance, [record], Words).Next());
            await ProbeOnceAsync(agent, $"{seed}, round {round}");
        }

        AssertWell(agent);
    }

    private static async Task ProbeAsync(AgentProcess agent, byte[][] samples, int rounds, Action<byte[]> answerBy)
    {
        var seed = Seed.Take();
        var mutator = new Mutator(seed.Chance(0), samples, Words);
        for (var round = 0; round < rounds; round++)
        {
            var bytes = mutator.Next();
            answerBy(bytes);
            await ProbeOnceAsync(agent, $"{seed}, round {round}: {Convert.ToBase64String(bytes)}");
        }

        AssertWell(agent);
    }

    private static async Task ProbeOnceAsync(AgentProcess agent, string input)
    {
        var answer = await Probe.GetAsync(agent, "/livez");
        try
        {
            Assert.InRange(answer.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            Assert.Matches($"^(ok|\\[-\\]app failed: ({Reasons})\nlivez check failed\n)$", answer.Body);
            Assert.Equal(answer.Body == "ok", answer.Code == 200);
            Assert.True(answer.Code is 200 or (>= 400 and <= 599), $"{answer.Code} is no code of a probe.");
        }
        catch (Exception wrong)
        {
            throw new InvalidOperationException($"{input}\n{answer.Head}{answer.Body}\n{agent.Output}", wrong);
        }
    }

    private static void AssertWell(AgentProcess agent)
    {
        Assert.False(agent.HasExited);
        Trace.AssertNone(agent.Output);
        Assert.DoesNotContain("bug of the agent", agent.Output, StringComparison.Ordinal);
    }

    private static Task<AgentProcess> StartAsync(string target) =>
        AgentProcess.StartAsync(("PROBEAGENT_TARGET", target), ("PROBEAGENT_MAX_AGE_SECONDS", "0"));
}
