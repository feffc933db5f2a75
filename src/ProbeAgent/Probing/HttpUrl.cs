using System.Globalization;

namespace ProbeAgent.Probing;

/// <summary>
/// A URL as the kubelet's HTTP client holds it: nothing is normalised but dot segments of a redirect, so that the app sees
/// the bytes that the kubelet would have sent.
/// </summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>; a redirect may name another one.</param>
/// <param name="Host">The host's name, an IPv6 address in brackets; empty where a redirect has none.</param>
/// <param name="PortText">The port as written; empty for the scheme's own.</param>
/// <param name="Path">Begins with a slash, or is empty.</param>
/// <param name="Query">With its question mark, or empty.</param>
internal sealed record HttpUrl(string Scheme, string Host, string PortText, string Path, string Query)
{
    /// <summary>The host and port as they stand in <c>Host</c>.</summary>
    public string Authority => PortText.Length == 0 ? Host : $"{Host}:{PortText}";

    /// <summary>The port to dial; null where the text is no port.</summary>
    public int? Port => PortText.Length == 0
        ? Scheme == Uri.UriSchemeHttps ? 443 : 80
        : int.TryParse(PortText, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Scheme}://{Authority}{RequestTarget}";

    /// <summary>The URL that goes to the HTTP client, unchanged by it.</summary>
    public Uri ToUri() => new(ToString(), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private string RequestTarget => Path.Length == 0 ? "/" + Query : Path + Query;

    /// <summary>Where a redirect leads from here (RFC 3986, 5.2); null where <paramref name="location"/> is no URL to the kubelet.</summary>
    public HttpUrl? Follow(string location)
    {
        if (LocationHeader.Parse(location) is not { } found)
        {
            return null;
        }

        if (found.IsOpaque)
        {
            return new HttpUrl(found.Scheme, "", "", "", "");
        }

        var scheme = found.Scheme.Length == 0 ? Scheme : found.Scheme;
        if (found.Host is { } host)
        {
            return new HttpUrl(scheme, host, found.PortText, RemoveDotSegments(found.Path), found.Query);
        }

        if (found.Scheme.Length > 0)
        {
            return new HttpUrl(scheme, "", "", RemoveDotSegments(found.Path), found.Query);
        }

        return found.Path.Length == 0
            ? this with { Query = found.Query.Length == 0 ? Query : found.Query }
            : this with { Path = RemoveDotSegments(Merge(found.Path)), Query = found.Query };
    }

    private string Merge(string reference) =>
        reference.StartsWith('/') ? reference : Path[..(Path.LastIndexOf('/') + 1)] + reference;

    private static string RemoveDotSegments(string path)
    {
        if (path.Length == 0)
        {
            return "";
        }

        var kept = new List<string>();
        var segments = path.TrimStart('/').Split('/');
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            segments = path[1..].Split('/');
        }

        foreach (var segment in segments)
        {
            if (segment == "..")
            {
                kept.RemoveRange(Math.Max(0, kept.Count - 1), Math.Min(1, kept.Count));
            }
            else if (segment != ".")
            {
                kept.Add(segment);
            }
        }

        // A path that ends in a dot segment names a folder.
        return "/" + string.Join('/', kept) + (segments[^1] is "." or ".." && kept.Count > 0 ? "/" : "");
    }
}
