using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProbeAgent.PodTests;

/// <summary>
/// What a mesh puts between the kubelet and the pod's probes when it rewrites them: a server in the pod on a port that is never
/// captured. It asks what it was asked, at the pod's address, with the kubelet's headers and some of its own.
/// </summary>
internal sealed class MeshProber : IAsyncDisposable
{
    public const int Port = 15020;

    private const int LongestMessage = 64 * 1024;

    private readonly NetworkNamespace pod;
    private readonly int targetPort;
    private readonly IPAddress source;
    private readonly string[] headers;
    private readonly Socket listener;
    private readonly CancellationTokenSource ending = new();
    private readonly Task serving;

    private MeshProber(NetworkNamespace pod, int targetPort, string source, params string[] headers)
    {
        this.pod = pod;
        this.targetPort = targetPort;
        this.source = IPAddress.Parse(source);
        this.headers = headers;
        listener = pod.OpenSocket(AddressFamily.InterNetwork);
        listener.Bind(new IPEndPoint(IPAddress.Any, Port));
        listener.Listen();
        serving = ServeAsync();
    }

    /// <summary>
    /// Istio's pilot-agent (pilot/cmd/pilot-agent/status/server.go): from 127.0.0.6, all of the kubelet's headers copied, by a Go
    /// client that asks for gzip.
    /// </summary>
    public static MeshProber PilotAgent(NetworkNamespace pod, int targetPort) => new(pod, targetPort, "127.0.0.6", "Accept-Encoding: gzip");

    /// <summary>An Envoy with a listener of its own for each probe, as in Consul: from loopback, with Envoy's headers.</summary>
    public static MeshProber Envoy(NetworkNamespace pod, int targetPort) => new(
        pod, targetPort, "127.0.0.1", "x-forwarded-proto: http", "x-request-id: 6f1f4b0e", "x-envoy-expected-rq-timeout-ms: 15000");

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await serving;
        ending.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var caller = await listener.AcceptAsync(ending.Token);
                try
                {
                    await AnswerAsync(caller);
                }
                catch (IOException)
                {
                    // The caller hung up.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(Socket caller)
    {
        await using var incoming = new NetworkStream(caller);
        using var reader = new StreamReader(incoming, Encoding.ASCII, leaveOpen: true);
        var head = new List<string>();
        while (await reader.ReadLineAsync(ending.Token) is { Length: > 0 } line)
        {
            head.Add(line);
        }

        // The port in Host becomes that of the target.
        var copied = head.Select(line => line.StartsWith("Host: ", StringComparison.Ordinal) ? $"Host: {Pod.Address}:{targetPort}" : line);
        var request = string.Join("\r\n", [.. copied, .. headers, "", ""]);
        using var socket = pod.OpenSocket(AddressFamily.InterNetwork);
        socket.Bind(new IPEndPoint(source, 0));
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(Pod.Address), targetPort), ending.Token);
        await using var outgoing = new NetworkStream(socket);
        await outgoing.WriteAsync(Encoding.ASCII.GetBytes(request), ending.Token);
        var answer = new byte[LongestMessage];
        var length = await outgoing.ReadAtLeastAsync(answer, LongestMessage, throwOnEndOfStream: false, ending.Token);
        await incoming.WriteAsync(answer.AsMemory(0, length), ending.Token);
    }
}
