using System.Net.Sockets;

namespace ProbeAgent.Lab.Hostile;

/// <summary>One step of an <see cref="Answer"/>.</summary>
internal abstract record AnswerStep
{
    /// <summary>Takes the step; a caller that has left shows as a <see cref="SocketException"/>.</summary>
    public abstract Task TakeAsync(HostileConnection connection, CancellationToken cancellationToken);
}

internal sealed record SendStep(ReadOnlyMemory<byte> Bytes) : AnswerStep
{
    public override Task TakeAsync(HostileConnection connection, CancellationToken cancellationToken) =>
        connection.SendAsync(Bytes, cancellationToken);
}

internal sealed record WaitStep(TimeSpan Time) : AnswerStep
{
    public override Task TakeAsync(HostileConnection connection, CancellationToken cancellationToken) =>
        connection.WaitAsync(Time, cancellationToken);
}

internal sealed record DripStep(ReadOnlyMemory<byte> Bytes, TimeSpan Interval) : AnswerStep
{
    public override async Task TakeAsync(HostileConnection connection, CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(Interval, TimeProvider.System);
        for (var sent = 0; sent < Bytes.Length; sent++)
        {
            await connection.SendAsync(Bytes.Slice(sent, 1), cancellationToken);
            await pace.WaitForNextTickAsync(cancellationToken);
        }
    }
}

internal sealed record StallStep : AnswerStep
{
    public override Task TakeAsync(HostileConnection connection, CancellationToken cancellationToken) =>
        connection.WaitForCallerToLeaveAsync(cancellationToken);
}

internal sealed record EndlessStep(ReadOnlyMemory<byte> Bytes) : AnswerStep
{
    public override async Task TakeAsync(HostileConnection connection, CancellationToken cancellationToken)
    {
        // It ends when sending fails because the caller has left, or with the connection's deadline.
        while (true)
        {
            await connection.SendAsync(Bytes, cancellationToken);
        }
    }
}

internal sealed record ResetStep : AnswerStep
{
    public override Task TakeAsync(HostileConnection connection, CancellationToken cancellationToken)
    {
        connection.Reset();
        return Task.CompletedTask;
    }
}

internal sealed record CutStep : AnswerStep
{
    public override Task TakeAsync(HostileConnection connection, CancellationToken cancellationToken)
    {
        connection.Cut();
        return Task.CompletedTask;
    }
}

internal sealed record ReadClientHelloStep : AnswerStep
{
    public override Task TakeAsync(HostileConnection connection, CancellationToken cancellationToken) =>
        connection.ReadClientHelloAsync(cancellationToken);
}

internal sealed record ReadHttp2RequestStep : AnswerStep
{
    public override Task TakeAsync(HostileConnection connection, CancellationToken cancellationToken) =>
        connection.ReadHttp2RequestAsync(cancellationToken);
}
