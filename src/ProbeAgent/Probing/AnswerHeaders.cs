using System.Globalization;

namespace ProbeAgent.Probing;

/// <summary>The headers of an answer as they came, byte for byte (Latin-1), a name as often as it came.</summary>
internal sealed class AnswerHeaders(IReadOnlyList<KeyValuePair<string, string>> headers)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Lines => headers;

    /// <summary>How long the body says it is, in bytes; null where it does not say it, or says what is no length.</summary>
    public long? ContentLength =>
        long.TryParse(First("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    /// <summary>What the HTTP library has of an answer.</summary>
    public static AnswerHeaders Of(HttpResponseMessage response) =>
        new([.. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)))]);

    /// <summary>Every value of a header, in the order in which they came.</summary>
    public IEnumerable<string> All(string name) =>
        headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    /// <summary>The first value of a header; null where there is none.</summary>
    public string? First(string name)
    {
        foreach (var (key, value) in headers)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}
