using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ProbeAgent.Serving;

/// <summary>
/// Takes connections in, and hands each one to the server when something has come over it: one that says nothing costs a
/// socket and nothing else.
/// </summary>
internal sealed partial class PublicListener : IConnectionListener
{
    // In a flood every connection is there at once; what else there is to do must have its turn.
    private const int TakenInOneGo = 64;

    // What comes behind a head stays with the kernel, and so does a long answer that nobody takes: 128 of each fit.
    private const int ReadBuffer = 16 * 1024;
    private const int WriteBuffer = 32 * 1024;

    // As long as the kubelet waits by default: who would have been served by then is not turned away.
    private static readonly TimeSpan PatienceWhenFull = TimeSpan.FromSeconds(1);

    // Those who may not make room yet may then.
    private static readonly TimeSpan PauseWhenFull = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan PauseWhenShort = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan TimeToBegin = TimeSpan.FromMilliseconds(25);

    private readonly Socket listening;
    private readonly ConnectionGuard guard;
    private readonly TimeProvider timeProvider;
    private readonly ILogger<PublicListener> logger;
    private readonly SocketConnectionContextFactory connections;
    private readonly Channel<ConnectionContext> arrived = Channel.CreateUnbounded<ConnectionContext>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });
    private readonly CancellationTokenSource closing = new();
    private readonly Task taking;
    private bool isShort;

    /// <summary>Takes in what comes to <paramref name="listening"/>.</summary>
    public PublicListener(Socket listening, ConnectionGuard guard, TimeProvider timeProvider, ILoggerFactory loggers)
    {
        this.listening = listening;
        this.guard = guard;
        this.timeProvider = timeProvider;
        logger = loggers.CreateLogger<PublicListener>();
        EndPoint = listening.LocalEndPoint!;
        connections = new SocketConnectionContextFactory(
            new SocketConnectionFactoryOptions { MaxReadBufferSize = ReadBuffer, MaxWriteBufferSize = WriteBuffer }, logger);
        taking = Task.Run(TakeInAsync);
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                return await NextAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The server would never ask again, and the port be deaf.
                Tell(exception);
                await Task.Delay(PauseWhenShort, timeProvider, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        if (closing.IsCancellationRequested)
        {
            return;
        }

        await closing.CancelAsync();
        listening.Dispose();
        await taking;

        // The server closes unread what it has not begun when it ends. A probe that was taken in a moment ago is to be answered.
        await Task.Delay(TimeToBegin, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        arrived.Writer.TryComplete();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        connections.Dispose();
        closing.Dispose();
    }

    private async ValueTask<ConnectionContext?> NextAsync(CancellationToken cancellationToken) =>
        await arrived.Reader.WaitToReadAsync(cancellationToken) && arrived.Reader.TryRead(out var connection) ? connection : null;

    private async Task TakeInAsync()
    {
        var isBroken = false;
        for (var taken = 1; !closing.IsCancellationRequested; taken++)
        {
            try
            {
                if (isBroken)
                {
                    await Task.Delay(PauseWhenShort, timeProvider, closing.Token);
                }

                isBroken = false;
                await TakeOneAsync();
            }
            catch (Exception) when (closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                isBroken = true;
                Tell(exception);
            }

            if (taken % TakenInOneGo == 0)
            {
                await Task.Yield();
            }
        }
    }

    private async Task TakeOneAsync()
    {
        Socket socket;
        try
        {
            socket = await listening.AcceptAsync(closing.Token);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return;
        }
        catch (SocketException exception) when (!closing.IsCancellationRequested)
        {
            await MakeRoomAsync(exception);
            return;
        }

        isShort = false;
        try
        {
            await EnterAsync(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void TurnAway(Socket socket)
    {
        guard.TurnedAway();
        socket.Dispose();
    }

    // At the limit of descriptors or memory the connection stays in the queue, and asking for it at once again would burn a core.
    private async Task MakeRoomAsync(SocketException exception)
    {
        if (!isShort)
        {
            isShort = true;
            Log.Short(logger, exception.Message);
        }

        var room = guard.RoomAsync();
        var isOurs = exception.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable;
        if (!isOurs || !guard.TryEvict())
        {
            await WaitForAsync(room, PauseWhenShort);
        }
    }

    private async Task EnterAsync(Socket socket)
    {
        socket.Blocking = false;

        for (var since = timeProvider.GetTimestamp(); ;)
        {
            // Taken before the question whether there is room: what leaves in between is not missed.
            var room = guard.RoomAsync();
            if (guard.TryEnter(socket) is { } slot)
            {
                Receive(socket, slot, ArrivedHead.Of(socket));
                return;
            }

            if (timeProvider.GetElapsedTime(since) >= PatienceWhenFull)
            {
                TurnAway(socket);
                return;
            }

            await WaitForAsync(room, PauseWhenFull);
        }
    }

    private async Task WaitForAsync(Task room, TimeSpan patience)
    {
        try
        {
            await room.WaitAsync(patience, timeProvider, closing.Token);
        }
        catch (TimeoutException)
        {
            // No room: what was asked for has waited long enough.
        }
    }

    private void Receive(Socket socket, ConnectionSlot slot, Arrival arrival)
    {
        try
        {
            if (arrival is Arrival.Nothing)
            {
                FirstBytes.Await(socket, isThere => Receive(socket, slot, isThere ? ArrivedHead.Of(socket) : Arrival.End));
                return;
            }

            if (arrival is not Arrival.End)
            {
                HandOver(socket, slot, arrival);
                return;
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The caller has gone, or the connection had to make room.
        }
        catch (Exception exception)
        {
            Tell(exception);
        }

        guard.Leave(slot);
        socket.Dispose();
    }

    private void Tell(Exception bug)
    {
        try
        {
            Log.Bug(logger, bug);
        }
        catch (Exception)
        {
            // Without memory there may be no line either.
        }
    }

    private void HandOver(Socket socket, ConnectionSlot slot, Arrival arrival)
    {
        if (arrival == Arrival.WholeHead)
        {
            slot.BeginAnswer();
        }

        // The answer is small and whole: no reason to wait for more of it.
        socket.NoDelay = true;
        var connection = connections.Create(socket);
        connection.Features.Set(slot);
        slot.HandOver(connection);
        if (!arrived.Writer.TryWrite(new GuardedConnection(connection, slot)))
        {
            connection.Abort();
            guard.Leave(slot);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6008, LogLevel.Error, "A connection could not be taken in: a bug of the agent, not of the app; please report it")]
        public static partial void Bug(ILogger logger, Exception exception);

        [LoggerMessage(6009, LogLevel.Warning,
            "Connections cannot be taken in ({Problem}) and wait: the container has too few file descriptors or too little memory")]
        public static partial void Short(ILogger logger, string problem);
    }
}
