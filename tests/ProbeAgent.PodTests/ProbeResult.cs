namespace ProbeAgent.PodTests;

/// <summary>What a probe came to: the kubelet's verdict, and in a word what it saw.</summary>
internal sealed record ProbeResult(bool Succeeded, string Saw);
