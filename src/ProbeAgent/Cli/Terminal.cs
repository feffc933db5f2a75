namespace ProbeAgent.Cli;

/// <summary>Writes for a person. Where nobody can read it, closed or full, the exit code still tells the answer.</summary>
internal static class Terminal
{
    /// <summary>To standard output, as it is.</summary>
    public static void Write(string text) => Write(Console.Out, text);

    /// <summary>To standard output, with an end of line.</summary>
    public static void WriteLine(string line) => Write(line + "\n");

    /// <summary>To standard error, with an end of line.</summary>
    public static void WriteErrorLine(string line) => Write(Console.Error, line + "\n");

    private static void Write(TextWriter writer, string text)
    {
        try
        {
            writer.Write(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is nobody to tell.
        }
    }
}
