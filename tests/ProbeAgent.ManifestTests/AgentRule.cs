namespace ProbeAgent.ManifestTests;

/// <summary>One thing that every manifest with the agent must have.</summary>
/// <param name="Name">What must be true.</param>
/// <param name="Holds">Whether it is.</param>
/// <param name="Sound">A piece of the example's text that makes it true.</param>
/// <param name="Broken">What to put in its place so that it no longer is: the proof that the rule can fail.</param>
internal sealed record AgentRule(string Name, Func<AgentPod, bool> Holds, string Sound, string Broken);
