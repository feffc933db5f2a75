using System.Net;
using Microsoft.AspNetCore.Connections;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Serving;

/// <summary>
/// The limits of the public port, held before any request is read: 128 connections, and 32 from one source that have not
/// delivered a whole request head. Chosen so that all of them, full, fit into 32 MiB with the rest of the agent.
/// </summary>
internal sealed class ConnectionGuard(AgentMetrics metrics)
{
    private const int MaxConnections = 128;
    private const int MaxWaitingPerSource = 32;

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, Source> sources = [];
    private int open;

    /// <summary>Lets a connection through to <paramref name="next"/>, or closes it.</summary>
    public async Task HandleAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        if (TryEnter(address, out var source) is { } rejection)
        {
            metrics.ConnectionRejected(rejection);
            connection.Abort();
            return;
        }

        try
        {
            connection.Features.Set(new ConnectionSlot(source.Waiting));
            await next(connection);
        }
        finally
        {
            Leave(address, source);
        }
    }

    private string? TryEnter(IPAddress address, out Source source)
    {
        lock (gate)
        {
            if (!sources.TryGetValue(address, out source!))
            {
                source = new Source();
            }

            if (open >= MaxConnections)
            {
                return "limit";
            }

            if (source.Waiting.Waiting >= MaxWaitingPerSource)
            {
                return "source_limit";
            }

            sources[address] = source;
            source.Open++;
            source.Waiting.Add();
            metrics.Connections.Set(++open);
            return null;
        }
    }

    private void Leave(IPAddress address, Source source)
    {
        lock (gate)
        {
            source.Waiting.Remove();
            metrics.Connections.Set(--open);
            if (--source.Open == 0)
            {
                sources.Remove(address);
            }
        }
    }

    private sealed class Source
    {
        public int Open { get; set; }

        public SourceCount Waiting { get; } = new();
    }
}
