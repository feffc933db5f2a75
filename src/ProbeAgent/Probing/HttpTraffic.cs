using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>
/// What passes over the connection of one HTTP exchange. It marks how far the exchange has come, and lets one request pass and no
/// other.
/// </summary>
internal sealed class HttpTraffic(Exchange exchange)
{
    private readonly Http2Requests requests = new();
    private bool isHttp1;
    private bool isRequestSent;

    /// <summary>HTTP/1.1 is spoken from now on.</summary>
    public void SpeaksHttp1() => isHttp1 = true;

    /// <summary>Bytes have been read, none at the end.</summary>
    public int Received(int count, int wanted)
    {
        // What an HTTP/2 server sends first are its settings; there the head is the first of the answer.
        if (count > 0 && isHttp1)
        {
            exchange.MarkBytes();
        }
        else if (count == 0 && wanted > 0)
        {
            exchange.MarkEnd();
        }

        return count;
    }

    /// <summary>This is about to be sent. Throws where it is a second request.</summary>
    /// <returns>True where the request is whole with it: once it is out, <see cref="SentRequest"/> wants to know.</returns>
    public bool Send(ReadOnlySpan<byte> bytes)
    {
        if (!isHttp1 && requests.CountIn(bytes) > 1)
        {
            throw AskedAgain();
        }

        var isWhole = !isRequestSent && (isHttp1 || requests.HasEnded);
        isRequestSent |= isWhole;
        return isWhole;
    }

    /// <summary>The request is out, or waits for the app to read. Before that the time is the agent's.</summary>
    /// <param name="socket">The connection over which it went.</param>
    public void SentRequest(Socket socket) => exchange.Question.Deadline.Turns.PayRequest(socket);

    /// <summary>The library is about to repeat the request, on this connection or another one.</summary>
    public IOException AskedAgain()
    {
        exchange.MarkTurnedAway();
        return new IOException("the app did not process the request");
    }
}
