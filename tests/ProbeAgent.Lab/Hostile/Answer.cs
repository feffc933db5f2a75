using System.Text;

namespace ProbeAgent.Lab.Hostile;

/// <summary>
/// What the hostile app does with a connection, step by step; after the last step it sends FIN and waits for the caller to leave.
/// Text is sent byte for byte as Latin-1.
/// </summary>
public sealed class Answer
{
    private Answer(IReadOnlyList<AnswerStep> steps, bool waitsForRequest)
    {
        Steps = steps;
        WaitsForRequest = waitsForRequest;
    }

    /// <summary>Nothing but the end of the connection, once the request has come.</summary>
    public static Answer Nothing { get; } = new([], waitsForRequest: true);

    /// <summary>As <see cref="Nothing"/>, but it does not wait for a request.</summary>
    public static Answer Unasked { get; } = new([], waitsForRequest: false);

    /// <summary>True where the whole head of a request must have come before the first step.</summary>
    public bool WaitsForRequest { get; }

    internal IReadOnlyList<AnswerStep> Steps { get; }

    /// <summary>Sends the text.</summary>
    public static Answer Of(string text) => Nothing.Then(text);

    /// <summary>Sends the bytes.</summary>
    public static Answer Of(byte[] bytes) => Nothing.Then(new SendStep(bytes));

    /// <summary>A whole answer that says how long it is.</summary>
    public static Answer Whole(string statusLine, string body = "ok", params string[] headers) =>
        Of($"{statusLine}\r\nContent-Length: {body.Length}\r\n{Lines(headers)}\r\n{body}");

    /// <summary>Sends more text.</summary>
    public Answer Then(string text) => Then(new SendStep(Encoding.Latin1.GetBytes(text)));

    /// <summary>Sends the bytes.</summary>
    public Answer Then(ReadOnlyMemory<byte> bytes) => Then(new SendStep(bytes));

    /// <summary>Lets time pass.</summary>
    public Answer ThenWait(TimeSpan time) => Then(new WaitStep(time));

    /// <summary>Sends byte after byte, one each interval.</summary>
    public Answer ThenDrip(string text, TimeSpan interval) => Then(new DripStep(Encoding.Latin1.GetBytes(text), interval));

    /// <summary>Falls silent, the connection open, until the caller leaves.</summary>
    public Answer ThenStall() => Then(new StallStep());

    /// <summary>Sends the text again and again until the caller leaves.</summary>
    public Answer ThenEndlessly(string text) => Then(new EndlessStep(Encoding.Latin1.GetBytes(text)));

    /// <summary>Resets the connection. What was sent before is delivered first.</summary>
    public Answer ThenReset() => Then(new ResetStep());

    /// <summary>Ends the connection by FIN alone where it would end TLS first.</summary>
    public Answer ThenCut() => Then(new CutStep());

    /// <summary>Reads the first record of a TLS client, which <see cref="ReceivedRequest.ClientHello"/> keeps.</summary>
    public Answer ThenReadClientHello() => Then(new ReadClientHelloStep());

    /// <summary>Reads the request of an HTTP/2 client.</summary>
    public Answer ThenReadHttp2Request() => Then(new ReadHttp2RequestStep());

    private static string Lines(string[] headers) => string.Concat(headers.Select(header => header + "\r\n"));

    private Answer Then(AnswerStep step) => new([.. Steps, step], WaitsForRequest);
}
