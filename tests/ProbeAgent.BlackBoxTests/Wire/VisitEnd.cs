namespace ProbeAgent.BlackBoxTests.Wire;

/// <summary>How the agent's connection to the app ended, as the app saw it.</summary>
public enum VisitEnd
{
    /// <summary>The agent closed its side in good order.</summary>
    Fin,

    /// <summary>The agent reset the connection.</summary>
    Reset,

    /// <summary>The app itself was the first to give the connection up.</summary>
    ByApp,
}
