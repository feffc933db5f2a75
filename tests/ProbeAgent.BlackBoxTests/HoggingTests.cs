using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>
/// A connection on which there always is more to do, a caller's or an app's, does not keep the agent from the others: their probes are
/// answered within the kubelet's second.
/// </summary>
[Collection("alone")]
public sealed class HoggingTests : IAsyncLifetime
{
    private const int Hogs = 2;
    private const int Probes = 40;

    // So that a hog that is a probe has had its whole second.
    private static readonly TimeSpan AsLongAsAProbe = TimeSpan.FromSeconds(1.2);

    private const string Document = """
        checks:
          - { name: app, maxAgeSeconds: 0, httpGet: { port: $app, path: /status } }
          - { name: pouring, grpc: { port: $pouring } }
        relays: [{ name: pouring, target: ":$pouring/metrics" }]
        """;

    private readonly CancellationTokenSource ending = new(AgentProcess.Patience);
    private DocumentPod? pod;

    private DocumentPod Pod => pod!;

    public async ValueTask InitializeAsync() => pod = await DocumentPod.StartAsync(["app", "pouring"], Document);

    public async ValueTask DisposeAsync()
    {
        ending.Dispose();
        await Pod.DisposeAsync();
    }

    [Theory]
    [InlineData("GET /-/healthy HTTP/1.1\r\nHost: pod\r\n\r\n", true)]
    [InlineData("GET /nosuch HTTP/1.1\r\nHost: pod\r\n\r\n", true)]
    [InlineData("GET /livez/app HTTP/1.1\r\nHost: pod\r\n\r\n", true)]
    [InlineData("\r\n", false)]
    public async Task A_caller_that_sends_without_a_pause_leaves_others_their_answers(string sent, bool isAnswered)
    {
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(sent, 2000 / sent.Length)));

        await AssertOthersAreAnsweredAsync(isAnswered, async connection =>
        {
            while (true)
            {
                await connection.SendAsync(bytes, ending.Token);
            }
        });
    }

    [Fact]
    public async Task A_page_that_never_ends_leaves_others_their_answers()
    {
        Pod["pouring"].Script = AppScripts.Endless("HTTP/1.1 200 OK\r\n\r\n", new string('x', 64 * 1024));

        await AssertOthersAreAnsweredAsync(
            isAnswered: true,
            connection => connection.SendAsync("GET /relay/pouring HTTP/1.1\r\nHost: pod\r\n\r\n"u8.ToArray(), ending.Token).AsTask());
    }

    [Fact]
    public async Task An_answer_of_empty_frames_without_end_leaves_others_their_answers()
    {
        // Settings, a head (:status 200), and data of no length for ever (RFC 9113, 4.1).
        Pod["pouring"].Script = AppScripts.Endless(
            "\0\0\0\x04\0\0\0\0\0" + "\0\0\x01\x01\x04\0\0\0\x01\x88", string.Concat(Enumerable.Repeat("\0\0\0\0\0\0\0\0\x01", 500)));

        await AssertOthersAreAnsweredAsync(
            isAnswered: true,
            connection => connection.SendAsync("GET /livez/pouring HTTP/1.1\r\nHost: pod\r\n\r\n"u8.ToArray(), ending.Token).AsTask());
    }

    private async Task AssertOthersAreAnsweredAsync(bool isAnswered, Func<Socket, Task> speakAsync)
    {
        var hogs = Enumerable.Range(0, Hogs).Select(_ => HogAsync(speakAsync)).ToList();
        var answers = new List<(int Code, string Body)>();
        for (var started = Stopwatch.StartNew(); answers.Count < Probes || started.Elapsed < AsLongAsAProbe;)
        {
            answers.Add(await Pod.AskAsync("/livez/app").WaitAsync(TimeSpan.FromSeconds(1)));
        }

        await ending.CancelAsync();
        Assert.Equal(isAnswered, (await Task.WhenAll(hogs)).Sum() > 0);
        Assert.All(answers, answer => Assert.Equal((200, "ok"), answer));
    }

    // Speaks, and takes what it hears; a connection that the agent ends is followed by the next one. Returns how much it has heard.
    private async Task<long> HogAsync(Func<Socket, Task> speakAsync)
    {
        var heard = 0L;
        while (!ending.IsCancellationRequested)
        {
            using var connection = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await connection.ConnectAsync(IPAddress.Loopback, Pod.Agent.PublicPort, ending.Token);
                await Task.WhenAll(speakAsync(connection), HearAsync(connection));
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException)
            {
                // The agent's end of it, or the test's.
            }
        }

        return heard;

        async Task HearAsync(Socket connection)
        {
            var buffer = new byte[64 * 1024];
            while (await connection.ReceiveAsync(buffer, ending.Token) is > 0 and var count)
            {
                heard += count;
            }
        }
    }
}
