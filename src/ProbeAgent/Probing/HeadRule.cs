using System.Buffers;
using System.Globalization;
using System.Net;

namespace ProbeAgent.Probing;

/// <summary>
/// What the kubelet's client (Go's <c>net/http</c>) refuses in the head of an answer: there the body would end anywhere, so an app
/// that sends it is not well.
/// </summary>
internal static class HeadRule
{
    private static readonly SearchValues<char> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7f).Select(code => (char)code).Where(c => c != '\t')]);

    /// <summary>What is wrong with a head; null where nothing is.</summary>
    /// <param name="version">Its version of HTTP.</param>
    /// <param name="headers">Its headers.</param>
    public static string? Violation(Version version, AnswerHeaders headers)
    {
        foreach (var (_, value) in headers.Lines)
        {
            if (value.AsSpan().ContainsAny(ControlCharacters))
            {
                return "the answer has a control character in a header";
            }
        }

        if (headers.First("Content-Length") is not null && !AreOneLength(headers.All("Content-Length")))
        {
            return "the answer has a Content-Length that is no length, or several that differ";
        }

        // HTTP/1.0 knows no transfer codings, so Go does not look at them there.
        return version == HttpVersion.Version11 && headers.First("Transfer-Encoding") is not null && !IsChunked(headers.All("Transfer-Encoding"))
            ? "the answer has a Transfer-Encoding other than chunked"
            : null;
    }

    private static bool AreOneLength(IEnumerable<string> values) =>
        values.Distinct(StringComparer.Ordinal).ToList() is [var only] && long.TryParse(only, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsChunked(IEnumerable<string> values) =>
        values.ToList() is [var only] && only.Equals("chunked", StringComparison.OrdinalIgnoreCase);
}
