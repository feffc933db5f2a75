using System.Text;

namespace ProbeAgent.Probing;

/// <summary>
/// The headers of a GET as the kubelet sends them (k8s <c>pkg/probe/http/request.go</c>): a configured one takes the place of the
/// kubelet's own of that name, and a name that is given twice is sent twice.
/// </summary>
internal sealed class RequestHead
{
    private readonly string target;
    private readonly string host;
    private readonly List<KeyValuePair<string, string>> headers = [];

    /// <summary>The head of a question.</summary>
    /// <param name="url">What is asked for.</param>
    /// <param name="host">A configured <c>Host</c>; null for that of the URL.</param>
    /// <param name="userAgent">The asker, unless a header says otherwise.</param>
    /// <param name="configured">The configured headers.</param>
    public RequestHead(HttpUrl url, string? host, string userAgent, IReadOnlyList<KeyValuePair<string, string>> configured)
    {
        target = url.ToUri().PathAndQuery;
        this.host = host ?? url.Authority;
        AddUnlessEmpty("User-Agent", First(configured, "User-Agent") ?? userAgent);
        if (First(configured, "Accept") is null)
        {
            headers.Add(new("Accept", "*/*"));
        }

        foreach (var (name, value) in configured)
        {
            var isDropped = Is(name, "Host") || Is(name, "User-Agent")
                || (Is(name, "Accept") && string.IsNullOrEmpty(First(configured, "Accept")));
            if (!isDropped)
            {
                headers.Add(new(Canonical(name), value.Trim(' ', '\t')));
            }
        }
    }

    /// <summary>The first configured value of that name; null where there is none.</summary>
    public static string? First(IReadOnlyList<KeyValuePair<string, string>> configured, string name) =>
        configured.Where(header => Is(header.Key, name)).Select(header => header.Value).FirstOrDefault();

    /// <summary>As it goes over the wire by HTTP/1.1: a value is the bytes of its UTF-8, as with Go.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        var head = new StringBuilder($"GET {target} HTTP/1.1\r\nHost: {host}\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(head.Append("Connection: close\r\n\r\n").ToString());
    }

    /// <summary>Gives the headers to the library, for HTTP/2; it sends a repeated one once, its values joined by commas.</summary>
    public void AddTo(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Host", host);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                // A Content-Type and the like; the library knows them only beside a content.
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    private void AddUnlessEmpty(string name, string value)
    {
        if (value.Length > 0)
        {
            headers.Add(new(name, value.Trim(' ', '\t')));
        }
    }

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    // Go writes each part of a name with one capital: x-api-key goes out as X-Api-Key.
    private static string Canonical(string name) => string.Join('-', name.Split('-').Select(part =>
        part.Length == 0 ? "" : char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant()));
}
