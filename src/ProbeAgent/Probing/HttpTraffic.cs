namespace ProbeAgent.Probing;

/// <summary>
/// What passes over the connection of one HTTP exchange. It marks how far the exchange has come, lets one request pass and no
/// other, and with HTTP/1.1 puts our own head in the place of the library's: that one joins the values of a repeated header, and
/// has no <c>Content-Type</c> without a body.
/// </summary>
internal sealed class HttpTraffic(Exchange exchange)
{
    private readonly Http2Requests requests = new();
    private bool isHttp1;
    private ReadOnlyMemory<byte>? head;

    /// <summary>HTTP/1.1 is spoken from now on; with a head, that goes out instead of everything that the library writes.</summary>
    public void SpeaksHttp1(ReadOnlyMemory<byte>? headOfRequest) => (isHttp1, head) = (true, headOfRequest);

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

    /// <summary>What is sent where the library writes <paramref name="buffer"/>. Throws where that is a second request.</summary>
    public ReadOnlyMemory<byte> ToSend(ReadOnlyMemory<byte> buffer)
    {
        var asked = isHttp1 ? 1 : requests.CountIn(buffer.Span);
        if (asked > 1)
        {
            throw AskedAgain();
        }

        if (asked == 1)
        {
            exchange.Question.Deadline.PayRequest();
        }

        if (head is not { } ours)
        {
            return buffer;
        }

        head = ReadOnlyMemory<byte>.Empty;
        return ours;
    }

    /// <summary>The library is about to repeat the request, on this connection or another one.</summary>
    public IOException AskedAgain()
    {
        exchange.MarkTurnedAway();
        return new IOException("the app did not process the request");
    }
}
