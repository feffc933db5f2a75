namespace ProbeAgent.Cli;

/// <summary>Writes for a person. Where nobody can read it, closed or full, the exit code still tells the answer.</summary>
internal static class Terminal
{
    /// <summary>To standard output, as it is. False where that is closed or full.</summary>
    public static bool Write(string text) => Write(Console.Out, text);

    /// <summary>To standard output, with an end of line.</summary>
    public static void WriteLine(string line) => Write(line + "\n");

    /// <summary>To standard error, with an end of line.</summary>
    public static void WriteErrorLine(string line) => Write(Console.Error, line + "\n");

    /// <summary>
    /// True where standard output is a terminal that shows colours, and its user wants them (https://no-color.org).
    /// </summary>
    public static bool HasColours() =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    private static bool Write(TextWriter writer, string text)
    {
        try
        {
            writer.Write(text);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is nobody to tell.
            return false;
        }
    }
}
