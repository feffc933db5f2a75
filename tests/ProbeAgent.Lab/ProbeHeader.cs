namespace ProbeAgent.Lab;

/// <summary>One of the <c>httpHeaders</c> of a probe.</summary>
public sealed record ProbeHeader(string Name, string Value);
