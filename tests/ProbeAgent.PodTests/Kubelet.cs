using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests;

/// <summary>
/// The kubelet's side of a pod: probes from the node, each a fresh connection that may take one second unless the probe says
/// otherwise, judged as the kubelet judges them.
/// </summary>
internal sealed partial class Kubelet(NetworkNamespace node)
{
    // timeoutSeconds: 1, which is also the default of Kubernetes.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>An httpGet probe. Where the agent answers, the word ends with the reason that it gives.</summary>
    public Task<ProbeResult> HttpGetAsync(string address, int port, string path, TimeSpan? timeout = null) =>
        ProbeAsync(address, port, timeout ?? Timeout, async (socket, deadline) =>
        {
            await using var stream = new NetworkStream(socket);
            var authority = new IPEndPoint(IPAddress.Parse(address), port).ToString();
            var answer = await RawHttp.GetAsync(stream, authority, path, deadline);
            var reason = AgentsReason().Match(answer.Body).Groups["reason"].Value;
            return answer == RawHttp.Answer.None
                ? new ProbeResult(false, "EOF")
                : new ProbeResult(answer.StatusCode is >= 200 and < 400, $"{answer.StatusCode} {reason}".TrimEnd());
        });

    /// <summary>A page, such as the agent's metrics, by whoever waits longer than a probe.</summary>
    public async Task<(int StatusCode, string Body)> PageAsync(string address, int port, string path)
    {
        var target = new IPEndPoint(IPAddress.Parse(address), port);
        using var socket = node.OpenSocket(target.AddressFamily);
        using var deadline = new CancellationTokenSource(PodProcess.Patience);
        await socket.ConnectAsync(target, deadline.Token);
        await using var stream = new NetworkStream(socket);
        var answer = await RawHttp.GetAsync(stream, target.ToString(), path, deadline.Token);
        return (answer.StatusCode, answer.Body);
    }

    /// <summary>A tcpSocket probe: it connects, and that is all.</summary>
    public Task<ProbeResult> TcpSocketAsync(string address, int port, TimeSpan? timeout = null) =>
        ProbeAsync(address, port, timeout ?? Timeout, (_, _) => Task.FromResult(new ProbeResult(true, "open")));

    /// <summary>An exec probe: the command, in the pod, as the user of the app's container.</summary>
    public static ProbeResult Exec(NetworkNamespace pod, string[] command)
    {
        var exitCode = Command.TryRun(PodProcess.Describe(pod, ServiceGo.User, command)).ExitCode;
        return new ProbeResult(exitCode == 0, string.Create(CultureInfo.InvariantCulture, $"exit {exitCode}"));
    }

    // [-]app failed: connection_refused
    [GeneratedRegex(@"^\[-\]\S+ failed: (?<reason>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex AgentsReason();

    private async Task<ProbeResult> ProbeAsync(
        string address, int port, TimeSpan timeout, Func<Socket, CancellationToken, Task<ProbeResult>> ask)
    {
        var target = new IPEndPoint(IPAddress.Parse(address), port);
        using var socket = node.OpenSocket(target.AddressFamily);
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            await socket.ConnectAsync(target, deadline.Token);
            return await ask(socket, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            return new ProbeResult(false, "timeout");
        }
        catch (SocketException e)
        {
            return new ProbeResult(false, Word(e));
        }
        catch (IOException e) when (e.InnerException is SocketException inner)
        {
            return new ProbeResult(false, Word(inner));
        }
    }

    private static string Word(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "refused",
        SocketError.ConnectionReset => "reset",
        _ => e.SocketErrorCode.ToString(),
    };
}
