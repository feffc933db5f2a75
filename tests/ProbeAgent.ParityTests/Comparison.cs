namespace ProbeAgent.ParityTests;

/// <summary>What the agent made of a probe: <c>success</c> for 200, else <c>failure</c>, and its own words for it.</summary>
internal sealed record AgentVerdict(string Result, string Output);

/// <summary>Both verdicts about one case, and what each of them had to send for it.</summary>
internal sealed record Comparison(
    string Id,
    KubeletVerdict Kubelet,
    AgentVerdict Agent,
    IReadOnlyList<string> KubeletRequests,
    IReadOnlyList<string> AgentRequests)
{
    /// <summary>What the agent should have said.</summary>
    public string Expected => Kubelet.Result switch
    {
        "success" or "warning" => "success",
        // The one deliberate difference: what the kubelet throws away is a failure here.
        "failure" or "error" => "failure",
        var other => throw new InvalidOperationException($"The kubelet has no result '{other}'."),
    };

    /// <summary>True where the verdicts come to the same.</summary>
    public bool Agrees => Expected == Agent.Result;

    public override string ToString() =>
        $"{Id}: kubelet {Kubelet.Result} ({Kubelet.Output}), agent {Agent.Result} ({Agent.Output})";
}
