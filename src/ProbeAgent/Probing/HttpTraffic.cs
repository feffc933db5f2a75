namespace ProbeAgent.Probing;

/// <summary>
/// What passes over the connection of one HTTP exchange. It marks how far the exchange has come, and lets one request pass and no
/// other.
/// </summary>
internal sealed class HttpTraffic(Exchange exchange)
{
    private readonly Http2Requests requests = new();
    private bool isHttp1;

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
    public void Send(ReadOnlySpan<byte> bytes)
    {
        var asked = isHttp1 ? 1 : requests.CountIn(bytes);
        if (asked > 1)
        {
            throw AskedAgain();
        }

        if (asked == 1)
        {
            exchange.Question.Deadline.PayRequest();
        }
    }

    /// <summary>The library is about to repeat the request, on this connection or another one.</summary>
    public IOException AskedAgain()
    {
        exchange.MarkTurnedAway();
        return new IOException("the app did not process the request");
    }
}
