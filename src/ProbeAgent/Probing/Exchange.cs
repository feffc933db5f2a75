using System.Net;
using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>How far one attempt has come, and when: written by the connection, read when the attempt has ended.</summary>
internal sealed class Exchange
{
    private const int MaxOpening = 8;

    private readonly TimeProvider timeProvider;
    private readonly long started;
    private readonly byte[] opening = new byte[MaxOpening];
    private int openingLength;
    private TimeSpan hopAt;
    private TimeSpan? connectedAt;
    private TimeSpan? handshakeAt;
    private TimeSpan? securedAt;
    private TimeSpan? firstByteAt;
    private TimeSpan? headAt;

    /// <summary>An attempt begins.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="asked">The same in words.</param>
    /// <param name="port">The app's port.</param>
    /// <param name="timeProvider">The clock.</param>
    public Exchange(Question question, string asked, int port, TimeProvider timeProvider)
    {
        (Question, Asked, Port, this.timeProvider) = (question, asked, port, timeProvider);
        started = timeProvider.GetTimestamp();
        question.Deadline.Turns.BeginAttempt();
    }

    /// <summary>What is asked.</summary>
    public Question Question { get; }

    /// <summary>The question in words: <c>GET http://…</c>, and where redirects led.</summary>
    public string Asked { get; private set; }

    /// <summary>The app's port.</summary>
    public int Port { get; private set; }

    /// <summary>True for a question of gRPC. Default: false.</summary>
    public bool IsGrpc { get; init; }

    /// <summary>True once the app has sent us elsewhere.</summary>
    public bool IsRedirected { get; private set; }

    /// <summary>The address and port that answered the connection; null until one did.</summary>
    public IPEndPoint? Peer { get; private set; }

    /// <summary>Why no connection came about; null where one did, or while that is open.</summary>
    public SocketError? ConnectError { get; private set; }

    /// <summary>True from the beginning of a TLS handshake to its good end.</summary>
    public bool IsInHandshake => handshakeAt is not null && !IsSecured;

    /// <summary>True where the request goes out by HTTP/2.</summary>
    public bool IsHttp2 { get; private set; }

    /// <summary>True once TLS is spoken.</summary>
    public bool IsSecured => securedAt is not null;

    /// <summary>What is wrong with the app's certificate, after «its certificate»; null where nothing is, or none was looked at.</summary>
    public string? CertificateFault { get; private set; }

    /// <summary>The first bytes that came over the connection, whatever they are.</summary>
    public ReadOnlySpan<byte> Opening => opening.AsSpan(0, openingLength);

    /// <summary>True once the app has sent a byte of its answer: a handshake's, or settings of HTTP/2, are none.</summary>
    public bool HasFirstByte => firstByteAt is not null;

    /// <summary>True where the app closed the connection before it answered.</summary>
    public bool IsHungUp { get; private set; }

    /// <summary>True where the app reset the connection.</summary>
    public bool IsReset { get; private set; }

    /// <summary>True where the app turned the request away unprocessed, as HTTP/2 can.</summary>
    public bool IsTurnedAway { get; private set; }

    /// <summary>True once the whole head of an answer is there.</summary>
    public bool HasHead => headAt is not null;

    /// <summary>Time since the attempt began.</summary>
    public TimeSpan Elapsed => timeProvider.GetElapsedTime(started);

    /// <summary>A connection stands.</summary>
    public void MarkConnected(Socket socket)
    {
        connectedAt = Elapsed;
        Peer = (IPEndPoint?)socket.RemoteEndPoint;
        Question.Deadline.Turns.MeetConnection(socket);
    }

    /// <summary>No address accepted a connection.</summary>
    public void MarkNotConnected(SocketError error) => ConnectError = error;

    /// <summary>A TLS handshake begins.</summary>
    public void MarkHandshake() => handshakeAt = Elapsed;

    /// <summary>The handshake is done.</summary>
    public void MarkSecured() => securedAt = Elapsed;

    /// <summary>The request goes out by HTTP/2.</summary>
    public void MarkHttp2() => IsHttp2 = true;

    /// <summary>The app's certificate is not believed.</summary>
    public void MarkCertificate(string fault) => CertificateFault = fault;

    /// <summary>Bytes came over the connection.</summary>
    public void MarkReceived(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes[..Math.Min(bytes.Length, MaxOpening - openingLength)];
        kept.CopyTo(opening.AsSpan(openingLength));
        openingLength += kept.Length;
    }

    /// <summary>The app has sent something of its answer.</summary>
    public void MarkBytes() => firstByteAt ??= Elapsed;

    /// <summary>The app has closed the connection; without an answer, where none has begun.</summary>
    public void MarkEnd() => IsHungUp |= !HasFirstByte;

    /// <summary>The app has reset the connection.</summary>
    public void MarkReset() => IsReset = true;

    /// <summary>The app wants the request on another connection.</summary>
    public void MarkTurnedAway() => IsTurnedAway = true;

    /// <summary>The head is complete.</summary>
    public void MarkHead()
    {
        MarkBytes();
        headAt = Elapsed;
    }

    /// <summary>The next question of the same attempt begins.</summary>
    public void MarkRedirect(string askedNow, int portNow)
    {
        (Asked, Port, IsRedirected) = (askedNow, portNow, true);
        (Peer, hopAt, openingLength) = (null, Elapsed, 0);
        (connectedAt, handshakeAt, securedAt, firstByteAt, headAt) = (null, null, null, null, null);
        (IsHttp2, IsHungUp, IsReset, IsTurnedAway) = (false, false, false, false);
    }

    /// <summary>The phases up to now; after a redirect those of the last question.</summary>
    public Phases Phases() => new(
        Connect: connectedAt - hopAt,
        Tls: securedAt - handshakeAt,
        FirstByte: firstByteAt - (securedAt ?? connectedAt),
        Body: Elapsed - headAt,
        Total: Elapsed);
}
