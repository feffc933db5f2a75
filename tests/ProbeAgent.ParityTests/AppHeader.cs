namespace ProbeAgent.ParityTests;

/// <summary>One of the <c>httpHeaders</c> of a probe.</summary>
internal sealed record AppHeader(string Name, string Value);
