using System.Text;
using ProbeAgent.Yaml;

namespace ProbeAgent.Configuration;

/// <summary>A configuration document, not yet read.</summary>
/// <param name="Source">Its name in messages: the file as given, the variable, <c>stdin</c>.</param>
/// <param name="Text">What it says.</param>
internal sealed record DocumentText(string Source, string Text)
{
    // Room for some thousand checks; what is larger is another file.
    private const int MaxBytes = 256 * 1024;

    /// <summary>Reads a file, or says why it cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="teller">Who has named it: a variable, an option, or the program.</param>
    public static (DocumentText? Document, ConfigurationMistake? Mistake) FromFile(string path, string teller)
    {
        try
        {
            if (path.Length == 0)
            {
                return (null, new ConfigurationMistake(teller, "names no file"));
            }

            if (Directory.Exists(path))
            {
                return (null, new ConfigurationMistake(teller, $"'{path}' is a folder; name the file in it"));
            }

            using var file = File.OpenRead(path);
            return FromStream(path, file);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, new ConfigurationMistake(teller, $"there is no file '{path}'"));
        }
        catch (UnauthorizedAccessException)
        {
            return (null, new ConfigurationMistake(
                teller, $"'{path}' cannot be read: permission denied; the user of this process (65532 in the image) must be allowed to read it"));
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            return (null, new ConfigurationMistake(teller, $"'{path}' cannot be read: {exception.Message}"));
        }
    }

    /// <summary>Reads a stream to its end, a little more than the limit at most. Throws what the stream throws.</summary>
    public static (DocumentText? Document, ConfigurationMistake? Mistake) FromStream(string source, Stream stream)
    {
        var bytes = new byte[MaxBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length > MaxBytes ? (null, TooLarge(source)) : Decode(source, bytes.AsSpan(0, length));
    }

    /// <summary>Takes the text of a variable or an option.</summary>
    public static (DocumentText? Document, ConfigurationMistake? Mistake) FromText(string source, string text) =>
        Encoding.UTF8.GetByteCount(text) > MaxBytes ? (null, TooLarge(source)) : (new DocumentText(source, text), null);

    private static (DocumentText? Document, ConfigurationMistake? Mistake) Decode(string source, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return (new DocumentText(source, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes)), null);
        }
        catch (DecoderFallbackException exception)
        {
            // The library's index may be a little before the byte, never after it.
            var good = Encoding.UTF8.GetString(bytes[..Math.Max(0, exception.Index)]);
            var at = new TextPosition(good.Count(c => c == '\n') + 1, good.Length - good.LastIndexOf('\n'));
            return (null, Origin.In(source, "", at).Plain("this is not UTF-8; save the file as UTF-8 without a byte order mark"));
        }
    }

    private static ConfigurationMistake TooLarge(string source) =>
        Origin.In(source, "", new TextPosition(1, 1)).Plain("the document is larger than 256 KiB, which no configuration is");
}
