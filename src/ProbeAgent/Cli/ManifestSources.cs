using System.CommandLine;
using System.Text;

namespace ProbeAgent.Cli;

/// <summary>The files, folders and standard input that a command is to read manifests from.</summary>
internal sealed class ManifestSources
{
    // A list of thousands of workloads has some megabytes.
    private const int MaxBytes = 32 << 20;

    private static readonly string[] Extensions = [".json", ".yaml", ".yml"];

    private readonly Option<string[]> files = new("--filename", "-f")
    {
        Description = "A file, a folder (its *.yaml, *.yml and *.json), or '-' for standard input. May be repeated.",
        HelpName = "FILE|DIR|-",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> recursive = new("--recursive", "-R") { Description = "Folders with the folders in them." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(files);
        command.Options.Add(recursive);
    }

    /// <summary>All of them, in the order given, those of a folder by name; and what cannot be read.</summary>
    public (IReadOnlyList<ManifestSource> Sources, IReadOnlyList<string> Mistakes) Read(ParseResult parsed)
    {
        var mistakes = new List<string>();
        var given = parsed.GetValue(files) ?? [];
        if (given.Length == 0)
        {
            mistakes.Add("-f is needed: a file, a folder, or '-' for standard input");
        }

        if (given.Count(name => name == "-") > 1)
        {
            mistakes.Add("-f - is there twice, and standard input can be read once");
        }

        var sources = new List<ManifestSource>();
        foreach (var name in given.SelectMany(name => Expand(name, parsed.GetValue(recursive), mistakes)).Distinct())
        {
            if (Read(name, mistakes) is { } source)
            {
                sources.Add(source);
            }
        }

        return (sources, mistakes);
    }

    private static List<string> Expand(string name, bool isRecursive, List<string> mistakes)
    {
        if (name == "-" || !Directory.Exists(name))
        {
            return [name];
        }

        try
        {
            var found = Directory.EnumerateFiles(name, "*", isRecursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
                .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal))
                .Order(StringComparer.Ordinal)
                .ToList();
            if (found.Count == 0)
            {
                mistakes.Add($"the folder '{name}' has no *.yaml, *.yml or *.json in it" + (isRecursive ? "" : "; -R looks into the folders in it, too"));
            }

            return found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"the folder '{name}' cannot be read: {exception.Message}");
            return [];
        }
    }

    private static ManifestSource? Read(string name, List<string> mistakes)
    {
        try
        {
            using var stream = name == "-" ? Console.OpenStandardInput() : File.OpenRead(name);
            var bytes = new MemoryStream();
            var piece = new byte[64 << 10];
            for (int count; (count = stream.Read(piece)) > 0 && bytes.Length <= MaxBytes;)
            {
                bytes.Write(piece, 0, count);
            }

            if (bytes.Length > MaxBytes)
            {
                mistakes.Add($"'{name}' is larger than {MaxBytes >> 20} MiB; give it in several files");
                return null;
            }

            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
            var hasMark = text.StartsWith('\uFEFF');
            return new ManifestSource(name == "-" ? "stdin" : name, hasMark ? text[1..] : text, hasMark);
        }
        catch (DecoderFallbackException)
        {
            mistakes.Add($"'{name}' is not UTF-8; save it as UTF-8");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            mistakes.Add($"there is no file or folder '{name}'");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            mistakes.Add($"'{name}' cannot be read: {exception.Message}");
        }

        return null;
    }
}
