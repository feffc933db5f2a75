namespace ProbeAgent.PodTests;

/// <summary>One fault, and how it is caused.</summary>
/// <param name="Name">As in <c>docs/troubleshooting.md</c>.</param>
/// <param name="Action">What the agent is told to ask, in the words of its document.</param>
internal sealed record FaultRow(string Name, string Action)
{
    /// <summary>How the app is. Default: well, and then what the orders make of it.</summary>
    public AppCondition App { get; init; } = AppCondition.Healthy;

    /// <summary>The only port on which it listens. Default: its own three.</summary>
    public int? OnlyPort { get; init; }

    /// <summary>What it is told to do. Default: nothing.</summary>
    public IReadOnlyList<string> Orders { get; init; } = [];

    /// <summary>What the line of the log says of the check. Default: that it is down.</summary>
    public bool IsUp { get; init; }

    /// <summary>The whole document of an agent that asks so, and of a check that asks beside the fault.</summary>
    public string Document => $$"""
        checks:
        - name: app
          maxAgeSeconds: 0
          {{Action}}
        - name: warm
          probes: [startup]
          httpGet: {port: 80, path: /metrics}
        """;
}
