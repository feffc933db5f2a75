using System.Globalization;

namespace ProbeAgent.BlackBoxTests.Tls;

/// <summary>Things that an app does when it is asked over HTTP/2.</summary>
public static class Http2Scripts
{
    private const int ServingStatus = 1;

    /// <summary>Says that the service is well.</summary>
    public static Http2Script Serving { get; } = Health(ServingStatus);

    /// <summary>Takes the question and says nothing.</summary>
    public static Http2Script Silence { get; } = _ => Task.CompletedTask;

    /// <summary>Sends the headers of a good answer and no message.</summary>
    public static Http2Script HeadersOnly { get; } = call => call.SendHeadersAsync(isLast: false, Head);

    /// <summary>Sends a whole message and no trailers.</summary>
    public static Http2Script NoTrailers { get; } = async call =>
    {
        await call.SendHeadersAsync(isLast: false, Head);
        await call.SendDataAsync(isLast: false, Message(ServingStatus));
    };

    /// <summary>Ends the answer after the message, without a <c>grpc-status</c>.</summary>
    public static Http2Script NoStatus { get; } = async call =>
    {
        await call.SendHeadersAsync(isLast: false, Head);
        await call.SendDataAsync(isLast: true, Message(ServingStatus));
    };

    /// <summary>Resets the stream with INTERNAL_ERROR.</summary>
    public static Http2Script ResetStream { get; } = call => call.ResetAsync(2);

    /// <summary>Sends a message that says it is longer than it is, then status 0.</summary>
    public static Http2Script BrokenMessage { get; } = async call =>
    {
        await call.SendHeadersAsync(isLast: false, Head);
        await call.SendDataAsync(isLast: false, 0, 0, 0, 0, 9, 8, 1);
        await call.SendHeadersAsync(isLast: true, ("grpc-status", "0"));
    };

    private static (string Name, string Value)[] Head => [(":status", "200"), ("content-type", "application/grpc")];

    /// <summary>Answers with this number of <c>ServingStatus</c>: 0 UNKNOWN, 1 SERVING, 2 NOT_SERVING, 3 SERVICE_UNKNOWN.</summary>
    public static Http2Script Health(int status) => async call =>
    {
        await call.SendHeadersAsync(isLast: false, Head);
        await call.SendDataAsync(isLast: false, Message(status));
        await call.SendHeadersAsync(isLast: true, ("grpc-status", "0"));
    };

    /// <summary>Answers with a status of gRPC and nothing else.</summary>
    public static Http2Script Failure(int code, string message) => call => call.SendHeadersAsync(
        isLast: true, [.. Head, ("grpc-status", code.ToString(CultureInfo.InvariantCulture)), ("grpc-message", message)]);

    /// <summary>Answers as a web server that knows nothing of gRPC.</summary>
    public static Http2Script Page(int code, string contentType = "text/plain") => async call =>
    {
        await call.SendHeadersAsync(
            isLast: false, (":status", code.ToString(CultureInfo.InvariantCulture)), ("content-type", contentType));
        await call.SendDataAsync(isLast: true, "page"u8.ToArray());
    };

    // Not compressed, its length, and field 1 as a number.
    private static byte[] Message(int status) => [0, 0, 0, 0, 2, 8, (byte)status];
}
