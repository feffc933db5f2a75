using System.Net;

namespace ProbeAgent.Configuration;

/// <summary>All that the agent is told, checked and complete.</summary>
internal sealed record AgentConfiguration
{
    /// <summary>The public port. Default <c>:15081</c>.</summary>
    public ListenAddress Listen { get; init; } = new(null, 15081);

    /// <summary>The admin port, loopback only; null for <c>off</c>. Default <c>127.0.0.1:15082</c>.</summary>
    public ListenAddress? Admin { get; init; } = new(IPAddress.Loopback, 15082);

    /// <summary>What network callers may read of a failure. Default: the reason only.</summary>
    public Detail Detail { get; init; } = Detail.Reason;

    /// <summary>What is asked, in this order; never empty.</summary>
    public required IReadOnlyList<CheckConfiguration> Checks { get; init; }

    /// <summary>Pages of the app that are passed on. Default: none.</summary>
    public IReadOnlyList<RelayConfiguration> Relays { get; init; } = [];

    /// <summary>Lifecycle hooks that are passed on. Default: none.</summary>
    public IReadOnlyList<HookConfiguration> Hooks { get; init; } = [];

    /// <summary>The mesh. Default: found out.</summary>
    public MeshConfiguration Mesh { get; init; } = new();

    /// <summary>How long at most it stays after SIGTERM. 0 to 3600 s, default 25 s; 0 ends at once.</summary>
    public TimeSpan DrainMax { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>What is logged. Default: information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How it is logged. Default: text.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    /// <summary>The ports that are the agent's own.</summary>
    public IReadOnlyCollection<int> OwnPorts => Admin is null ? [Listen.Port] : [Listen.Port, Admin.Port];
}
