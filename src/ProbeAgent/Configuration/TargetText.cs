using System.Net;
using System.Text.RegularExpressions;

namespace ProbeAgent.Configuration;

/// <summary>Reads a target: <c>:80/status</c>, <c>http://HOST:80/status</c>, <c>tcp://:6379</c>.</summary>
internal static partial class TargetText
{
    private const string Examples = "write ':80/status', 'http://127.0.0.1:80/status' or 'tcp://:6379'";

    /// <summary>The action of a target, or the sentence that says what is wrong with it.</summary>
    public static (CheckAction? Action, string Mistake) Parse(string text, IReadOnlyList<IPAddress> ofInterfaces)
    {
        if (text.Any(char.IsControl))
        {
            return (null, "has a line break or another control character in it; did it come from a file with an end of line?");
        }

        var match = Shape().Match(text);
        if (!match.Success)
        {
            return (null, $"'{text}' is not a target; {Suggestion(text)}");
        }

        var scheme = match.Groups["scheme"].Value is { Length: > 0 } named ? named.ToLowerInvariant() : "http";
        if (scheme is "https" or "grpc")
        {
            return (null, $"'{text}': {scheme} checks come in a later version; this one asks http and tcp");
        }

        if (scheme is not ("http" or "tcp"))
        {
            return (null, $"'{text}': '{scheme}' is not a kind of check; {Examples}");
        }

        if (!match.Groups["port"].Success && PortNumber.Parse(match.Groups["host"].Value) is { } bare)
        {
            return (null, $"'{text}': {bare} stands where a host is; did you mean '{scheme}://:{bare}{match.Groups["path"].Value}'?");
        }

        if (PodHost.Parse(match.Groups["host"].Value, ofInterfaces) is not { } host)
        {
            return (null, $"'{text}': '{match.Groups["host"].Value}' is not in this pod; leave the host out "
                + "(the agent finds the app on any address of the pod), or write a loopback address or one of the pod's own");
        }

        var portText = match.Groups["port"].Value;
        var port = !match.Groups["port"].Success && scheme == "http" ? 80 : PortNumber.Parse(portText);
        if (port is not { } number)
        {
            return (null, $"'{text}': '{portText}' is not a port; a port is a number from 1 to 65535, as in ':80/status'");
        }

        var (path, query) = (match.Groups["path"].Value, match.Groups["query"].Value);
        return scheme == "tcp" ? Tcp(text, host, number, path + query) : Http(text, host, number, path, query);
    }

    private static (CheckAction?, string) Tcp(string text, PodHost host, int port, string rest) => rest.Length == 0
        ? (new TcpSocketAction(host, port), "")
        : (null, $"'{text}': a TCP check has no path; write 'tcp://{host}:{port}'");

    private static (CheckAction?, string) Http(string text, PodHost host, int port, string path, string query)
    {
        if (BadEscape().IsMatch(path))
        {
            return (null, $"'{text}': '%' in a path is followed by two hexadecimal digits; a percent sign itself is '%25'");
        }

        if (path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("///", StringComparison.Ordinal))
        {
            return (null, $"'{text}': the kubelet takes what follows two slashes for a host name; a path begins with one");
        }

        return text.Contains('#', StringComparison.Ordinal)
            ? (null, $"'{text}': what follows '#' is never sent to a server; leave it out")
            : (new HttpGetAction(host, port, path.Length == 0 ? "/" : Encode(path, NotInPath()), Encode(query, NotInQuery())), "");
    }

    private static string Suggestion(string text) => text switch
    {
        _ when text != text.Trim() => "there is a space before or after it; leave that out",
        _ when PortNumber.Parse(text) is { } port => $"did you mean ':{port}/'?",
        _ when text.StartsWith('/') => $"a port is missing; did you mean ':80{text}'?",
        _ when PortNumber.Parse(text.Split('/')[0].Split(':')[^1]) is not null && !text.Contains("://", StringComparison.Ordinal) =>
            $"did you mean 'http://{text}'?",
        _ => Examples,
    };

    // What may not stand in a URL goes out percent-encoded, as Go's client does it for the kubelet.
    private static string Encode(string text, Regex forbidden) =>
        forbidden.Replace(text, match => Uri.EscapeDataString(match.Value));

    [GeneratedRegex("%(?![0-9a-fA-F]{2})")]
    private static partial Regex BadEscape();

    [GeneratedRegex("[^!#-;=?-Z\\[\\]_a-z~]+")]
    private static partial Regex NotInPath();

    // Go leaves a query as it was written; only what would break the request line is encoded.
    [GeneratedRegex("[^!-~]+")]
    private static partial Regex NotInQuery();

    // Without a scheme the text begins with the port, so that a forgotten scheme is seen rather than guessed.
    [GeneratedRegex(@"^(((?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://(?<host>\[[^\]/]*\]|[^:/?#\[\]]*)(:(?<port>[^/?#:]*))?)|(:(?<port>[^/?#:]*)))(?<path>/[^?#]*)?(?<query>\?[^#]*)?(#.*)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
