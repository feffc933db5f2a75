namespace ProbeAgent.Probing;

/// <summary>What an HTTP check asks.</summary>
/// <param name="Host">Where the app is.</param>
/// <param name="Port">The app's port.</param>
/// <param name="Path">Path as it goes over the wire, beginning with a slash.</param>
/// <param name="Query">With its question mark, or empty.</param>
/// <param name="AgentPorts">The agent's own ports: a redirect that leads there is a failure.</param>
internal sealed record HttpTarget(TargetHost Host, int Port, string Path, string Query, IReadOnlyCollection<int> AgentPorts)
{
    /// <summary><c>http</c> or <c>https</c>. Default: <c>http</c>.</summary>
    public string Scheme { get; init; } = Uri.UriSchemeHttp;

    /// <summary>Configured headers, in their order; a name may come twice. Default: none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whose certificates are believed; null where none is looked at, as the kubelet does. Default: null.</summary>
    public Authorities? Authorities { get; init; }

    /// <summary>True where the body of the answer is part of the result. Default: false.</summary>
    public bool KeepsBody { get; init; }

    /// <summary>True where an answer counts by its head: what breaks in its body is of no interest. Default: false.</summary>
    public bool BodyMayBreak { get; init; }
}
