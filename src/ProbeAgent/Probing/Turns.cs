using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>
/// Whose turn it is in a question, and how much of its time was the agent's own. A process that gets no CPU stands still anywhere, also
/// between two lines, so what the kernel has and nobody has taken is ours as well. It begins with our turn.
/// </summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="started">Its timestamp at the beginning of the question.</param>
internal sealed class Turns(TimeProvider timeProvider, long started)
{
    // Shorter turns are work, not waiting: an app that drips without a pause makes thousands of them.
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(5);

    private readonly Lock gate = new();
    private TimeSpan ours;
    private TimeSpan? ourTurnSince = TimeSpan.Zero;
    private bool isRequestDue;
    private Socket? awaited;
    private TimeSpan? connectingSince;

    /// <summary>The agent's own time, with that in which something of the app lay there; and whether there is something to do for it now.</summary>
    public (TimeSpan Own, bool HasWork) Sum()
    {
        lock (gate)
        {
            var isOurTurn = ourTurnSince <= Elapsed();
            var own = ours + OurTurn(TimeSpan.Zero);
            var there = There();
            return (own + (there ?? TimeSpan.Zero), isOurTurn || there is not null);
        }
    }

    /// <summary>An attempt begins.</summary>
    public void BeginAttempt()
    {
        lock (gate)
        {
            isRequestDue = false;
            BeginOurs(ago: TimeSpan.Zero);
        }
    }

    /// <summary>A connection is about to be opened: once it is asked for, it is the app's turn.</summary>
    public void AwaitConnection(Socket socket)
    {
        lock (gate)
        {
            EndOurs(ago: TimeSpan.Zero);
            (awaited, connectingSince) = (socket, Elapsed());
        }
    }

    /// <summary>The connection stands, and may have stood before anybody noticed.</summary>
    public void MeetConnection(Socket socket)
    {
        lock (gate)
        {
            // The time first: standing still between the two is ours.
            BeginOurs(Elapsed(), ago: TcpInfo.Of(socket).SinceAcknowledgement);
        }
    }

    /// <summary>The connection was refused. A pod's own address does that at once, so the time until it was noticed is the agent's.</summary>
    public void MeetRefusal()
    {
        lock (gate)
        {
            var now = Elapsed();
            BeginOurs(now, ago: now - connectingSince ?? TimeSpan.Zero);
        }
    }

    /// <summary>Something of the app is waited for.</summary>
    /// <param name="socket">Where it comes; null where that cannot be looked at.</param>
    public void AwaitData(Socket? socket)
    {
        lock (gate)
        {
            (awaited, connectingSince) = (socket, null);
            if (!isRequestDue)
            {
                EndOurs(ago: TimeSpan.Zero);
            }
        }
    }

    /// <summary>Data of the app were read, or its end, and may have lain there.</summary>
    public void MeetData(Socket socket, bool isEnd)
    {
        lock (gate)
        {
            var now = Elapsed();
            var info = TcpInfo.Of(socket);
            BeginOurs(now, isEnd ? info.SinceAcknowledgement : info.SinceData);
        }
    }

    /// <summary>A request is to be sent: whatever else comes and goes, until then it is the agent's turn.</summary>
    public void OweRequest()
    {
        lock (gate)
        {
            BeginOurs(ago: TimeSpan.Zero);
            isRequestDue = true;
        }
    }

    /// <summary>The request is out, or waits for the app to read. From the moment on which it left it is the app's turn.</summary>
    public void PayRequest(Socket socket)
    {
        lock (gate)
        {
            isRequestDue = false;

            // Not worth a question to the kernel where all of it was work.
            EndOurs(OurTurn(TimeSpan.Zero) > TimeSpan.Zero ? TcpInfo.Of(socket).SinceSent : TimeSpan.Zero);
            (awaited, connectingSince) = (socket, null);
        }
    }

    /// <summary>The attempt has ended. Nobody's turn is the pause before another one, and ours what it takes longer.</summary>
    public void Pause(TimeSpan pause)
    {
        lock (gate)
        {
            EndOurs(ago: TimeSpan.Zero);
            (awaited, connectingSince) = (null, null);
            ourTurnSince = Elapsed() + pause;
        }
    }

    private TimeSpan Elapsed() => timeProvider.GetElapsedTime(started);

    private void BeginOurs(TimeSpan ago) => BeginOurs(Elapsed(), ago);

    private void BeginOurs(TimeSpan now, TimeSpan ago)
    {
        ourTurnSince ??= now - ago;
        (awaited, connectingSince) = (null, null);
    }

    private void EndOurs(TimeSpan ago)
    {
        ours += OurTurn(ago);
        ourTurnSince = null;
    }

    private TimeSpan OurTurn(TimeSpan ago) => Elapsed() - ago - ourTurnSince is { } turn && turn > Work ? turn : TimeSpan.Zero;

    // For how long something of the app has lain there; null where nothing does.
    private TimeSpan? There()
    {
        if (awaited is not { } socket)
        {
            return null;
        }

        return (TcpInfo.Of(socket), connectingSince) switch
        {
            ({ IsKnown: false } or { IsConnecting: true }, _) => null,

            // Not asked for yet, or refused.
            ({ IsClosed: true }, { } since) => Elapsed() - since,
            ({ SinceAcknowledgement: var accepted }, not null) => accepted,
            ({ SinceData: var arrived }, null) when TcpInfo.HasUnread(socket) => arrived,
            ({ IsEstablished: true }, null) => null,
            ({ SinceAcknowledgement: var ended }, null) => ended,
        };
    }
}
