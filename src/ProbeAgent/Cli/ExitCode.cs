namespace ProbeAgent.Cli;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCode
{
    /// <summary>Done, or the answer is yes.</summary>
    public const int Ok = 0;

    /// <summary>The answer is no: a check fails, or no agent was reached.</summary>
    public const int No = 1;

    /// <summary>Wrong use, a wrong configuration, or a port that is taken.</summary>
    public const int WrongUse = 2;
}
