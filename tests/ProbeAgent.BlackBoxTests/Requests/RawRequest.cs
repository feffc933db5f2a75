namespace ProbeAgent.BlackBoxTests.Requests;

/// <summary>What a stranger sends, byte for byte as Latin-1, and what is to come of it.</summary>
/// <param name="Bytes">What is sent.</param>
/// <param name="Codes">The codes of all answers to it, in their order; none where the connection just ends.</param>
/// <param name="IsKept">True where the connection serves the next request after it.</param>
/// <param name="Questions">How often the app is asked.</param>
public sealed record RawRequest(string Bytes, IReadOnlyList<int> Codes, bool IsKept, int Questions)
{
    /// <summary>A probe like any other, whatever is odd about it: 200, and the app is asked once.</summary>
    public static RawRequest Probe(string bytes) => new(bytes, [200], IsKept: true, Questions: 1);

    /// <summary>Answered by this code, and the connection goes on; the app is not asked.</summary>
    public static RawRequest Kept(int code, string bytes) => new(bytes, [code], IsKept: true, Questions: 0);

    /// <summary>Answered by this code, which is the end of the connection; the app is not asked.</summary>
    public static RawRequest Closed(int code, string bytes) => new(bytes, [code], IsKept: false, Questions: 0);

    /// <summary>The connection ends without an answer; the app is not asked.</summary>
    public static RawRequest Unanswered(string bytes) => new(bytes, [], IsKept: false, Questions: 0);

    /// <summary><c>GET</c> in HTTP/1.1 with a <c>Host</c>; each header is a whole line.</summary>
    public static string Get(string target, params string[] headers) => Head($"GET {target} HTTP/1.1", ["Host: pod", .. headers]);

    /// <summary><c>GET /livez</c> with these lines and no others.</summary>
    public static string Livez(params string[] headers) => Head("GET /livez HTTP/1.1", headers);

    /// <summary>A request line and headers, each a whole line.</summary>
    public static string Head(string requestLine, params string[] headers) =>
        $"{requestLine}\r\n{string.Concat(headers.Select(line => line + "\r\n"))}\r\n";
}
