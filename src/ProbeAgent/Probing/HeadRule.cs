using System.Globalization;
using System.Net.Http.Headers;

namespace ProbeAgent.Probing;

/// <summary>
/// What the kubelet's client (Go's <c>net/http</c>) refuses in the head of an answer and .NET's lets pass: there the body would end
/// anywhere, so an app that sends it is not well.
/// </summary>
internal static class HeadRule
{
    /// <summary>What is wrong with a head; null where nothing is.</summary>
    public static string? Violation(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated;
        var contentHeaders = response.Content.Headers.NonValidated;
        if (HasControlCharacter(headers) || HasControlCharacter(contentHeaders))
        {
            return "the answer has a control character in a header";
        }

        if (contentHeaders.TryGetValues("Content-Length", out var lengths) && !AreOneLength(lengths))
        {
            return "the answer has a Content-Length that is no length, or several that differ";
        }

        // HTTP/1.0 knows no transfer codings, so Go does not look at them there.
        return response.Version.Minor >= 1 && response.Version.Major == 1
            && headers.TryGetValues("Transfer-Encoding", out var codings) && !IsChunked(codings)
                ? "the answer has a Transfer-Encoding other than chunked"
                : null;
    }

    private static bool HasControlCharacter(HttpHeadersNonValidated headers) =>
        headers.Any(header => header.Value.Any(value => value.Any(c => c is < ' ' and not '\t' or '\x7f')));

    private static bool AreOneLength(HeaderStringValues values) =>
        values.Distinct(StringComparer.Ordinal).Count() == 1
        && values.All(value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static bool IsChunked(HeaderStringValues values) =>
        values.Count == 1 && values.First().Equals("chunked", StringComparison.OrdinalIgnoreCase);
}
