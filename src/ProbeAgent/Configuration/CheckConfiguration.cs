namespace ProbeAgent.Configuration;

/// <summary>One thing to ask.</summary>
internal sealed record CheckConfiguration
{
    /// <summary>A DNS label, unique: in paths, metrics and logs.</summary>
    public required string Name { get; init; }

    /// <summary>The container it speaks for, in <c>/app-health/{container}/…</c>. Default: the name.</summary>
    public required string Container { get; init; }

    /// <summary>The probes it serves. Default: all three.</summary>
    public IReadOnlyList<ProbeKind> Probes { get; init; } = [ProbeKind.Liveness, ProbeKind.Readiness, ProbeKind.Startup];

    /// <summary>How it asks.</summary>
    public required CheckAction Action { get; init; }

    /// <summary>The probe's own <c>timeoutSeconds</c>. 1 to 300 s, default 1 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a success is shared. 0 to 300 s, default 0.1 s.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(0.1);

    /// <summary>True where the app's body goes to network callers. Default: false.</summary>
    public bool RelaysBody { get; init; }
}
