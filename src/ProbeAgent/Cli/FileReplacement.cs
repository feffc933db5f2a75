namespace ProbeAgent.Cli;

/// <summary>Replaces a file's text as a whole: whoever reads it meanwhile, or after a crash, sees the old one or the new one.</summary>
internal static class FileReplacement
{
    /// <summary>Replaces it; its mode stays. Null, or why it could not be.</summary>
    public static string? Write(string path, byte[] bytes)
    {
        // What a link points to is replaced, not the link.
        var target = File.ResolveLinkTarget(Path.GetFullPath(path), returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        var beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Environment.ProcessId}.tmp");
        try
        {
            using (var file = new FileStream(beside, Options(target)))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, target, overwrite: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Remove(beside);
            return $"{path} cannot be written and stays as it is: {exception.Message}";
        }
    }

    private static FileStreamOptions Options(string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.GetUnixFileMode(target);
        }

        return options;
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has a name of its own, and nobody reads it.
        }
    }
}
