namespace ProbeAgent.Probing;

/// <summary>What an HTTP check asks.</summary>
/// <param name="Host">Where the app is.</param>
/// <param name="Port">The app's port.</param>
/// <param name="Path">Path as it goes over the wire, beginning with a slash.</param>
/// <param name="Query">With its question mark, or empty.</param>
/// <param name="AgentPorts">The agent's own ports: a redirect that leads there is a failure.</param>
internal sealed record HttpTarget(TargetHost Host, int Port, string Path, string Query, IReadOnlyCollection<int> AgentPorts);
