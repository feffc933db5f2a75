using ProbeAgent.BlackBoxTests.Tls;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.HostileApps;

/// <summary>What goes wrong on the way of an app that does TLS right: in its handshake, and in its answer.</summary>
public sealed class TlsPhaseTests
{
    private static readonly byte[] Alert = [21, 3, 3, 0, 2, 2, 80];
    private static readonly byte[] Goodbye = [21, 3, 3, 0, 2, 1, 0];

    private static readonly Dictionary<string, Func<byte[], byte[]>> Changes = new()
    {
        ["becomes an alert"] = _ => Alert,
        ["becomes a goodbye"] = _ => Goodbye,
        ["becomes plain HTTP"] = _ => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(),
        ["ends"] = bytes => bytes[..(bytes.Length / 2)],
        ["has a bit that is wrong"] = bytes => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)],
    };

    [Theory]
    [InlineData("becomes an alert", "tls_error")]
    [InlineData("becomes a goodbye", "tls_error")]
    [InlineData("becomes plain HTTP", "tls_error")]
    [InlineData("ends", "connection_reset")]
    [InlineData("has a bit that is wrong", "tls_error")]
    public Task The_handshake(string change, string reason) => ChangeAsync(change, reason, isAnswer: false);

    [Theory]
    [InlineData("becomes an alert", "tls_error")]
    [InlineData("becomes a goodbye", "tls_error")]
    [InlineData("becomes plain HTTP", "tls_error")]
    [InlineData("ends", "connection_reset")]
    [InlineData("has a bit that is wrong", "tls_error")]
    public Task The_answer(string change, string reason) => ChangeAsync(change, reason, isAnswer: true);

    private static async Task ChangeAsync(string change, string reason, bool isAnswer)
    {
        using var certificate = TestAuthority.SelfSigned("127.0.0.1");
        await using var app = new TamperingApp(certificate);
        await using var agent = await AgentProcess.StartAsync(
            ("PROBEAGENT_TARGET", $"https://127.0.0.1:{app.Port}/"), ("PROBEAGENT_MAX_AGE_SECONDS", "0"), ("PROBEAGENT_TIMEOUT_SECONDS", "10"));
        var well = await Probe.GetAsync(agent, "/livez");

        app.TamperBy(bytes => app.IsSecured == isAnswer ? Changes[change](bytes) : bytes);
        var answer = await Probe.GetAsync(agent, "/livez");

        Assert.Equal((200, "ok"), (well.Code, well.Body));
        Assert.Equal((502, $"[-]app failed: {reason}\nlivez check failed\n"), (answer.Code, answer.Body));
    }
}
