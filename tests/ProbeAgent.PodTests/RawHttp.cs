using System.Globalization;
using System.Text;

namespace ProbeAgent.PodTests;

/// <summary>
/// One GET on a stream of its own, with the head that the kubelet sends, read to the end of the stream.
/// </summary>
internal static class RawHttp
{
    private const int LongestAnswer = 64 * 1024;

    /// <summary>What came back: 0 and nothing where the stream ended without a byte.</summary>
    public sealed record Answer(int StatusCode, string Body)
    {
        public static readonly Answer None = new(0, "");
    }

    public static async Task<Answer> GetAsync(
        Stream stream, string authority, string path, CancellationToken cancellationToken)
    {
        var head = $"GET {path} HTTP/1.1\r\nHost: {authority}\r\n"
            + "User-Agent: kube-probe/1.36\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), cancellationToken);

        var received = new byte[LongestAnswer];
        var length = await stream.ReadAtLeastAsync(
            received, LongestAnswer, throwOnEndOfStream: false, cancellationToken);
        return length == 0 ? Answer.None : Parse(Encoding.ASCII.GetString(received, 0, length));
    }

    // HTTP/1.1 200 OK
    private static Answer Parse(string answer)
    {
        var parts = answer.Split("\r\n\r\n", 2);
        var statusLine = parts[0].Split('\r')[0].Split(' ');
        Assert.True(
            parts.Length == 2 && statusLine.Length >= 2 && statusLine[0] is "HTTP/1.1" or "HTTP/1.0",
            $"Not HTTP: {answer}");
        return new Answer(int.Parse(statusLine[1], CultureInfo.InvariantCulture), parts[1]);
    }
}
