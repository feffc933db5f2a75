using System.Net;
using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>How far one attempt has come, and when: written by the connection, read when the attempt has ended.</summary>
internal sealed class Exchange(Question question, string asked, int port, TimeProvider timeProvider)
{
    private readonly long started = timeProvider.GetTimestamp();
    private TimeSpan hopAt;
    private TimeSpan? connectedAt;
    private TimeSpan? firstByteAt;
    private TimeSpan? headAt;

    /// <summary>What is asked.</summary>
    public Question Question => question;

    /// <summary>The question in words: <c>GET http://…</c>, and where redirects led.</summary>
    public string Asked { get; private set; } = asked;

    /// <summary>The app's port.</summary>
    public int Port { get; private set; } = port;

    /// <summary>True once the app has sent us elsewhere.</summary>
    public bool IsRedirected { get; private set; }

    /// <summary>The address and port that answered the connection; null until one did.</summary>
    public IPEndPoint? Peer { get; private set; }

    /// <summary>Why no connection came about; null where one did, or while that is open.</summary>
    public SocketError? ConnectError { get; private set; }

    /// <summary>True once the app has sent a byte.</summary>
    public bool HasFirstByte => firstByteAt is not null;

    /// <summary>True where the app closed the connection before a byte.</summary>
    public bool IsHungUp { get; private set; }

    /// <summary>True once the whole head of an answer is there.</summary>
    public bool HasHead => headAt is not null;

    /// <summary>Time since the attempt began.</summary>
    public TimeSpan Elapsed => timeProvider.GetElapsedTime(started);

    /// <summary>A connection stands.</summary>
    public void MarkConnected(EndPoint? peer)
    {
        connectedAt = Elapsed;
        Peer = (IPEndPoint?)peer;
    }

    /// <summary>No address accepted a connection.</summary>
    public void MarkNotConnected(SocketError error) => ConnectError = error;

    /// <summary>The app has sent something.</summary>
    public void MarkBytes() => firstByteAt ??= Elapsed;

    /// <summary>The app has closed the connection without an answer.</summary>
    public void MarkHungUp() => IsHungUp = true;

    /// <summary>The head is complete.</summary>
    public void MarkHead() => headAt = Elapsed;

    /// <summary>The next question of the same attempt begins.</summary>
    public void MarkRedirect(string askedNow, int portNow)
    {
        (Asked, Port, IsRedirected) = (askedNow, portNow, true);
        (Peer, hopAt) = (null, Elapsed);
        (connectedAt, firstByteAt, headAt) = (null, null, null);
    }

    /// <summary>The phases up to now; after a redirect those of the last question.</summary>
    public Phases Phases() => new(
        Connect: connectedAt - hopAt,
        Tls: null,
        FirstByte: firstByteAt - connectedAt,
        Body: Elapsed - headAt,
        Total: Elapsed);
}
