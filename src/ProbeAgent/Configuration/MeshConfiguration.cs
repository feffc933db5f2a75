namespace ProbeAgent.Configuration;

/// <summary>What the agent is told of its mesh.</summary>
internal sealed record MeshConfiguration
{
    /// <summary>Which mesh. Default: found out.</summary>
    public MeshKind Kind { get; init; } = MeshKind.Auto;

    /// <summary>Where the sidecar says that it is ready; null for what is usual for the kind. Required with <c>custom</c>.</summary>
    public HttpGetAction? ReadyUrl { get; init; }

    /// <summary>Which mesh counts: who says where the sidecar is to be asked leaves nothing to be found out.</summary>
    public MeshKind EffectiveKind => Kind == MeshKind.Auto && ReadyUrl is not null ? MeshKind.Custom : Kind;

    /// <summary>The probes that wait for the sidecar: readiness or none. Default: none.</summary>
    public IReadOnlyList<ProbeKind> Gate { get; init; } = [];

    /// <summary>How long they wait. 0 to 3600 s, default 60 s.</summary>
    public TimeSpan GateDeadline { get; init; } = TimeSpan.FromSeconds(60);
}
