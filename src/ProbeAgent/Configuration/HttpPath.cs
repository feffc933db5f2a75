using System.Text.RegularExpressions;

namespace ProbeAgent.Configuration;

/// <summary>A path as it goes over the wire.</summary>
/// <param name="Path">Begins with a slash.</param>
/// <param name="Query">With its question mark, or empty.</param>
internal sealed partial record HttpPath(string Path, string Query)
{
    /// <summary>Reads the path of a probe; a leading slash that is missing is added, as the kubelet does.</summary>
    public static Judged<HttpPath> Parse(string text)
    {
        if (text.Any(char.IsControl))
        {
            return Judged<HttpPath>.No("has a line break or another control character in it");
        }

        if (WholeUrl().IsMatch(text))
        {
            return Judged<HttpPath>.No("is a whole URL; write the path only, as in '/status'");
        }

        if (text.Contains('#', StringComparison.Ordinal))
        {
            return Judged<HttpPath>.No("has a '#', and what follows it is never sent to a server; leave it out");
        }

        var mark = text.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (text, "") : (text[..mark], text[mark..]);
        if (BadEscape().IsMatch(path))
        {
            return Judged<HttpPath>.No("has a '%' that is not followed by two hexadecimal digits; a percent sign itself is '%25'");
        }

        if (path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("///", StringComparison.Ordinal))
        {
            return Judged<HttpPath>.No("begins with two slashes, and the kubelet takes what follows them for a host name; a path begins with one");
        }

        var whole = path.StartsWith('/') ? path : "/" + path;
        return Judged<HttpPath>.Right(new HttpPath(Encode(whole, NotInPath()), Encode(query, NotInQuery())));
    }

    // What may not stand in a URL goes out percent-encoded, as Go's client does it for the kubelet.
    private static string Encode(string text, Regex forbidden) =>
        forbidden.Replace(text, match => Uri.EscapeDataString(match.Value));

    // The kubelet would take the scheme and the host away (formatURL).
    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*://")]
    private static partial Regex WholeUrl();

    [GeneratedRegex("%(?![0-9a-fA-F]{2})")]
    private static partial Regex BadEscape();

    [GeneratedRegex("[^!#-;=?-Z\\[\\]_a-z~]+")]
    private static partial Regex NotInPath();

    // Go leaves a query as it was written; only what would break the request line is encoded.
    [GeneratedRegex("[^!-~]+")]
    private static partial Regex NotInQuery();
}
