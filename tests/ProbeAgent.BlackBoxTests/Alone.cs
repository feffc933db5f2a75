namespace ProbeAgent.BlackBoxTests;

/// <summary>Tests that take both cores, or measure what the others would disturb: they run by themselves, after all others.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;
