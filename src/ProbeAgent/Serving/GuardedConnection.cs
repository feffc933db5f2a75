using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace ProbeAgent.Serving;

/// <summary>
/// A connection as the server has it. It keeps its place until nothing of it is left: also while a caller does not take the last of
/// its answer.
/// </summary>
internal sealed class GuardedConnection(ConnectionContext connection, ConnectionSlot slot) : ConnectionContext
{
    /// <inheritdoc/>
    public override IDuplexPipe Transport { get => connection.Transport; set => connection.Transport = value; }

    /// <inheritdoc/>
    public override string ConnectionId { get => connection.ConnectionId; set => connection.ConnectionId = value; }

    /// <inheritdoc/>
    public override IFeatureCollection Features => connection.Features;

    /// <inheritdoc/>
    [AllowNull]
    public override IDictionary<object, object?> Items { get => connection.Items; set => connection.Items = value!; }

    /// <inheritdoc/>
    public override CancellationToken ConnectionClosed { get => connection.ConnectionClosed; set => connection.ConnectionClosed = value; }

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint { get => connection.LocalEndPoint; set => connection.LocalEndPoint = value; }

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint { get => connection.RemoteEndPoint; set => connection.RemoteEndPoint = value; }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => connection.Abort(abortReason);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await connection.DisposeAsync();
        }
        finally
        {
            slot.Leave();
            await base.DisposeAsync();
        }
    }
}
