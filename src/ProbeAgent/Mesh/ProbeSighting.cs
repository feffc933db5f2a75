using ProbeAgent.Configuration;

namespace ProbeAgent.Mesh;

/// <summary>A probe that says it is the kubelet's.</summary>
/// <param name="Path">What it asks for: a path that exists, so a configured name.</param>
/// <param name="Probe">Which probe that is.</param>
/// <param name="Way">How it has come.</param>
internal readonly record struct ProbeSighting(string Path, ProbeKind Probe, ProbeWay Way);
