using System.Net;
using System.Text;

namespace ProbeAgent.Probing;

/// <summary>
/// The head of an answer by HTTP/1, line by line, by the rules of the kubelet's client (Go <c>net/http</c> <c>ReadResponse</c>,
/// <c>net/textproto</c>). What is wrong with a value is left to <see cref="HeadRule"/>.
/// </summary>
internal sealed class AnswerHead
{
    private const string Separators = "()<>@,;:\\\"/[]?={}";

    private readonly List<KeyValuePair<string, string>> headers = [];
    private StringBuilder? folded;

    /// <summary>The status code, a number of three digits.</summary>
    public int StatusCode { get; private set; }

    /// <summary>1.1, or 1.0 for everything below.</summary>
    public Version Version { get; private set; } = HttpVersion.Version11;

    /// <summary>The headers so far.</summary>
    public AnswerHeaders Headers => new(headers);

    /// <summary>Takes the first line. Throws <see cref="HttpIOException"/> where it is none of HTTP.</summary>
    public void Begin(ReadOnlySpan<byte> line)
    {
        line = WithoutEnd(line);
        var space = line.IndexOf((byte)' ');
        if (space != "HTTP/1.1".Length || !line.StartsWith("HTTP/"u8) || line[6] != '.' || !IsDigit(line[5]) || !IsDigit(line[7]))
        {
            throw Malformed();
        }

        Version = (line[5], line[7]) is ((byte)'0', _) or ((byte)'1', (byte)'0') ? HttpVersion.Version10 : HttpVersion.Version11;
        var code = line[space..].TrimStart((byte)' ');
        var length = code.IndexOf((byte)' ');
        code = length < 0 ? code : code[..length];
        if (code.Length != 3 || !IsDigit(code[0]) || !IsDigit(code[1]) || !IsDigit(code[2]))
        {
            throw Malformed();
        }

        StatusCode = ((code[0] - '0') * 100) + ((code[1] - '0') * 10) + code[2] - '0';
    }

    /// <summary>Takes the next line; true where it was the empty one that ends the head.</summary>
    public bool IsEndedBy(ReadOnlySpan<byte> line)
    {
        line = WithoutEnd(line);
        if (line.IsEmpty)
        {
            Unfold();
            return true;
        }

        if (line[0] is (byte)' ' or (byte)'\t')
        {
            Continue(line);
            return false;
        }

        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || !IsName(line[..colon]))
        {
            throw Malformed();
        }

        Unfold();
        headers.Add(new(Text(line[..colon]), Text(line[(colon + 1)..].Trim(" \t"u8))));
        return false;
    }

    // RFC 9112, 5.2: a line that begins with a space goes on with the one before it.
    private void Continue(ReadOnlySpan<byte> line)
    {
        if (headers.Count == 0)
        {
            throw Malformed();
        }

        folded ??= new StringBuilder(headers[^1].Value);
        folded.Append(' ').Append(Text(line.Trim(" \t"u8)));
    }

    private void Unfold()
    {
        if (folded is not null)
        {
            headers[^1] = new(headers[^1].Key, folded.ToString().Trim(' '));
            folded = null;
        }
    }

    // A token (RFC 9110, 5.6.2); Go lets a space pass.
    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var c in name)
        {
            if (c is < (byte)' ' or >= 0x7f || Separators.Contains((char)c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static ReadOnlySpan<byte> WithoutEnd(ReadOnlySpan<byte> line) =>
        line.EndsWith("\r\n"u8) ? line[..^2] : line[..^1];

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';

    private static HttpIOException Malformed() => new(HttpRequestError.InvalidResponse);
}
