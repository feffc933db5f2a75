namespace ProbeAgent.Configuration;

/// <summary>A value that was found somewhere.</summary>
internal sealed record Found<T>(T Value, Origin Origin);
