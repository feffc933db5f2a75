using System.Globalization;
using System.Text;

namespace ProbeAgent.Probing;

/// <summary>The parts of a <c>Location</c>, read by the rules of Go's <c>net/url</c>, which is what the kubelet reads it with.</summary>
/// <param name="Scheme">In lower case; empty for a relative reference.</param>
/// <param name="IsOpaque">A scheme without a slash after it, such as <c>mailto:</c>.</param>
/// <param name="Host">Null where there is no authority.</param>
/// <param name="PortText">Digits, or empty.</param>
/// <param name="Path">With what may not stand in a path percent-encoded.</param>
/// <param name="Query">With its question mark, or empty.</param>
internal sealed record LocationHeader(
    string Scheme, bool IsOpaque, string? Host, string PortText, string Path, string Query)
{
    private const string NotInHost = " \\^{}|`%";

    /// <summary>Reads the header; null where Go would call it unparsable, which the kubelet makes a failure of.</summary>
    public static LocationHeader? Parse(string text)
    {
        if (text.Any(char.IsControl) || text.StartsWith(':'))
        {
            return null;
        }

        var withoutFragment = text.Split('#', 2)[0];
        var scheme = SchemeOf(withoutFragment);
        var rest = scheme.Length == 0 ? withoutFragment : withoutFragment[(scheme.Length + 1)..];
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (rest, "") : (rest[..mark], EncodeQuery(rest[mark..]));
        if (!path.StartsWith('/') && scheme.Length > 0)
        {
            return new LocationHeader(scheme, true, null, "", "", "");
        }

        if (!path.StartsWith('/') && path.Split('/')[0].Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        var (host, port) = ((string?)null, "");
        if (path.StartsWith("//", StringComparison.Ordinal)
            && (scheme.Length > 0 || !path.StartsWith("///", StringComparison.Ordinal)))
        {
            var slash = path.IndexOf('/', 2);
            var authority = slash < 0 ? path[2..] : path[2..slash];
            path = slash < 0 ? "" : path[slash..];
            if (SplitAuthority(authority) is not { } split)
            {
                return null;
            }

            (host, port) = split;
        }

        return HasBadEscape(path) ? null : new LocationHeader(scheme, false, host, port, Encode(path), query);
    }

    private static string SchemeOf(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ':')
            {
                return text[..i].ToLowerInvariant();
            }

            if (!char.IsAsciiLetter(text[i]) && (i == 0 || !(char.IsAsciiDigit(text[i]) || "+-.".Contains(text[i], StringComparison.Ordinal))))
            {
                return "";
            }
        }

        return "";
    }

    private static (string Host, string Port)? SplitAuthority(string authority)
    {
        var at = authority.LastIndexOf('@');
        var host = authority[(at + 1)..];
        if (host.Any(c => NotInHost.Contains(c, StringComparison.Ordinal)) || !authority[..Math.Max(0, at)].All(IsInUserinfo))
        {
            return null;
        }

        // What follows a bracketed address, or the last colon of a name.
        var end = host.StartsWith('[') ? host.LastIndexOf(']') + 1 : host.LastIndexOf(':');
        if (end <= 0)
        {
            return host.StartsWith('[') ? null : end < 0 ? (host, "") : PortAfter(host, end);
        }

        return end == host.Length ? (host, "") : PortAfter(host, end);
    }

    private static (string Host, string Port)? PortAfter(string host, int colon) =>
        host[colon] == ':' && host[(colon + 1)..].All(char.IsAsciiDigit) ? (host[..colon], host[(colon + 1)..]) : null;

    private static bool IsInUserinfo(char c) =>
        char.IsAsciiLetterOrDigit(c) || "-._:~!$&'()*+,;=%@".Contains(c, StringComparison.Ordinal);

    private static bool HasBadEscape(string path)
    {
        for (var i = path.IndexOf('%', StringComparison.Ordinal); i >= 0; i = path.IndexOf('%', i + 1))
        {
            if (i + 2 >= path.Length || !char.IsAsciiHexDigit(path[i + 1]) || !char.IsAsciiHexDigit(path[i + 2]))
            {
                return true;
            }
        }

        return false;
    }

    // The header arrived as bytes, one for each character.
    private static string Encode(string text) => Encode(text, "\"<>\\^`{|}");

    // Go sends a query as it was written; only what would break the request line is encoded.
    private static string EncodeQuery(string text) => Encode(text, "");

    private static string Encode(string text, string forbidden)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is <= ' ' or >= '\x7f' || forbidden.Contains(c, StringComparison.Ordinal))
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{(int)c & 0xff:X2}");
            }
            else
            {
                encoded.Append(c);
            }
        }

        return encoded.ToString();
    }
}
