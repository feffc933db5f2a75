using System.Text;

namespace ProbeAgent.Cli;

/// <summary>Reads what <c>-f</c> names: files, the manifests of folders, standard input.</summary>
internal static class ManifestSources
{
    // An object of the API server has at most 3 MiB; a rendered cluster fits.
    private const int MaxBytes = 32 * 1024 * 1024;

    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <summary>All of them in the order given, those of a folder by name, each once; or why they cannot be read, a sentence each.</summary>
    /// <param name="names">Files, folders, or <c>-</c>.</param>
    /// <param name="isRecursive">True where folders in folders count.</param>
    public static (IReadOnlyList<ManifestSource> Sources, IReadOnlyList<string> Mistakes) Read(IEnumerable<string> names, bool isRecursive)
    {
        var (sources, mistakes, seen) = (new List<ManifestSource>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var path in names.SelectMany(name => FilesOf(name, isRecursive, mistakes)))
        {
            if (!seen.Add(path == "-" ? path : Path.GetFullPath(path)))
            {
                continue;
            }

            var (source, mistake) = ReadOne(path);
            if (source is not null)
            {
                sources.Add(source);
            }
            else
            {
                mistakes.Add(mistake!);
            }
        }

        return (sources, mistakes);
    }

    private static IReadOnlyList<string> FilesOf(string name, bool isRecursive, List<string> mistakes)
    {
        if (name == "-" || !Directory.Exists(name))
        {
            return [name];
        }

        try
        {
            var option = isRecursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
            var files = Directory.EnumerateFiles(name, "*", option)
                .Where(file => Endings.Contains(Path.GetExtension(file)))
                .Order(StringComparer.Ordinal)
                .ToList();
            if (files.Count == 0)
            {
                mistakes.Add($"the folder '{name}' has no file that ends with {string.Join(", ", Endings)}" + (isRecursive ? "" : "; -R looks into its folders, too"));
            }

            return files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"the folder '{name}' cannot be read: {exception.Message}");
            return [];
        }
    }

    private static (ManifestSource? Source, string? Mistake) ReadOne(string path)
    {
        var name = path == "-" ? "stdin" : path;
        try
        {
            if (path.Length == 0)
            {
                return (null, "-f names no file; write a file, a folder, or '-' for standard input");
            }

            using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            int count;
            while ((count = stream.Read(buffer)) > 0)
            {
                if (bytes.Length + count > MaxBytes)
                {
                    return (null, $"{name} is larger than 32 MiB; give it in parts");
                }

                bytes.Write(buffer, 0, count);
            }

            return Decode(name, path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"there is no file '{path}'");
        }
        catch (UnauthorizedAccessException)
        {
            return (null, $"'{path}' cannot be read: permission denied");
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            return (null, $"'{path}' cannot be read: {exception.Message}");
        }
    }

    private static (ManifestSource? Source, string? Mistake) Decode(string name, string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return (new ManifestSource(name, path == "-" ? null : path, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes)), null);
        }
        catch (DecoderFallbackException exception)
        {
            // The library's index may be a little before the byte, never after it.
            var good = Encoding.UTF8.GetString(bytes[..Math.Max(0, exception.Index)]);
            return (null, $"{name}:{good.Count(c => c == '\n') + 1}:{good.Length - good.LastIndexOf('\n')}: this is not UTF-8; save the file as UTF-8");
        }
    }
}
