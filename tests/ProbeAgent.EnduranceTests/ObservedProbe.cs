namespace ProbeAgent.EnduranceTests;

/// <summary>A probe, and what came of it.</summary>
/// <param name="Path">What was asked.</param>
/// <param name="Sent">When its connection was begun, in milliseconds of the witness.</param>
/// <param name="Ended">When its answer was whole, or it was given up.</param>
/// <param name="Code">The status code; 0 where no whole answer came.</param>
/// <param name="Body">The body.</param>
/// <param name="Loss">Why no whole answer came; empty where one did.</param>
public sealed record ObservedProbe(string Path, double Sent, double Ended, int Code, string Body, string Loss)
{
    /// <summary>True where it asks for the app, and not for a page.</summary>
    public bool IsOfACheck => !Path.StartsWith("/metrics", StringComparison.Ordinal) && !Path.StartsWith("/relay/", StringComparison.Ordinal);

    /// <summary>True where no whole answer came within the timeout.</summary>
    public bool IsLost => Loss.Length > 0;

    /// <summary>True where the agent says that it was starved itself.</summary>
    public bool IsLate => Code == 503 && Body.Contains("failed: agent_late\n", StringComparison.Ordinal);

    /// <summary>True where the agent says that the pod is ending, as it may to readiness alone.</summary>
    public bool IsDraining => Path.Contains("readyz", StringComparison.Ordinal) && Code == 503 && Body.Contains("failed: draining\n", StringComparison.Ordinal);

    /// <summary>In one word: the code, with the reason where there is one, or how it was lost.</summary>
    public string Word => (IsLost, Body.IndexOf("failed: ", StringComparison.Ordinal)) switch
    {
        (true, _) => $"lost ({Loss.Split(':')[0]})",
        (_, < 0) => $"{Code}",
        (_, var reason) => $"{Code} {Body[(reason + "failed: ".Length)..].Split('\n')[0]}",
    };
}
