using System.Text;

namespace ProbeAgent.Configuration;

/// <summary>A configuration document, not yet read.</summary>
/// <param name="Source">Its name in messages: the file as given, the variable, <c>stdin</c>.</param>
/// <param name="Text">What it says.</param>
internal sealed record DocumentText(string Source, string Text)
{
    // Room for some thousand checks; what is larger is another file.
    private const int MaxBytes = 256 * 1024;

    /// <summary>Reads a file; the mistake says why it cannot be read.</summary>
    public static (DocumentText? Document, string Mistake) FromFile(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return (null, $"'{path}' is a folder; name the file in it");
            }

            using var file = File.OpenRead(path);
            return FromStream(path, file);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"there is no file '{path}'");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"'{path}' cannot be read: {exception.Message}");
        }
    }

    /// <summary>Reads a stream to its end, a little more than the limit at most.</summary>
    public static (DocumentText? Document, string Mistake) FromStream(string source, Stream stream)
    {
        var bytes = new byte[MaxBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Decode(source, bytes.AsSpan(0, length));
    }

    /// <summary>Takes the text of a variable or an option.</summary>
    public static (DocumentText? Document, string Mistake) FromText(string source, string text) =>
        Encoding.UTF8.GetByteCount(text) > MaxBytes ? (null, TooLarge(source)) : (new DocumentText(source, text), "");

    private static (DocumentText? Document, string Mistake) Decode(string source, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return (null, TooLarge(source));
        }

        try
        {
            return (new DocumentText(source, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes)), "");
        }
        catch (DecoderFallbackException)
        {
            return (null, $"'{source}' is not UTF-8; save it as UTF-8 without a byte order mark");
        }
    }

    private static string TooLarge(string source) => $"'{source}' is larger than 256 KiB, which no configuration is";
}
