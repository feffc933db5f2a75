namespace ProbeAgent.Cli;

/// <summary>Tells a user what to mend, on standard error, a line for each thing.</summary>
internal static class Complaint
{
    /// <summary>Writes the lines; returns <see cref="ExitCode.WrongUse"/>.</summary>
    public static int About(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Terminal.WriteErrorLine($"probe-agent: {line}");
        }

        return ExitCode.WrongUse;
    }

    /// <summary>The same for one line.</summary>
    public static int About(string line) => About([line]);
}
