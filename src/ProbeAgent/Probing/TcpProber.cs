using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>A TCP check: a connection that opens is a success. Nothing is sent, and it is closed by FIN, as the kubelet does.</summary>
internal sealed class TcpProber(TargetHost host, int port, PodConnector connector, TimeProvider timeProvider) : IProber
{
    /// <inheritdoc/>
    public async Task<AttemptResult> AttemptAsync(Question question, CancellationToken agentStopping)
    {
        var exchange = new Exchange(question, $"TCP {host.NameFor(question.PodAddress)}:{port}", port, timeProvider);
        try
        {
            using var socket = await connector.ConnectAsync(question.PodAddress, port, question.Deadline.Turns, question.Deadline.Token);
            exchange.MarkConnected(socket);
            return new AttemptResult
            {
                Outcome = Outcome.Success,
                Message = $"{exchange.Asked}: connection to {exchange.Peer} opened after {DurationText.Of(exchange.Elapsed)}",
                Phases = exchange.Phases(),
            };
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            agentStopping.ThrowIfCancellationRequested();
            if (exception is not SocketException socketException)
            {
                return ConnectFailure.TimedOut(exchange);
            }

            exchange.MarkNotConnected(socketException.SocketErrorCode);
            return ConnectFailure.Refused(exchange);
        }
    }
}
