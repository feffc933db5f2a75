namespace ProbeAgent.Configuration;

/// <summary>One value that a user may give, by a variable or by an option of the command line.</summary>
/// <param name="Variable">The environment variable.</param>
/// <param name="Option">The option of the command line.</param>
/// <param name="Description">What it is: unit, range and default, as <c>--help</c> prints it.</param>
internal sealed record Setting(string Variable, string Option, string Description)
{
    /// <summary>What the agent asks: one variable is enough.</summary>
    public static Setting Target { get; } = new("PROBEAGENT_TARGET", "--target",
        "What to ask: ':80/status', 'https://:8443/', 'tcp://:6379', 'grpc://:9090/service', or with a host in the pod. Without one, wherever the app listens.");

    /// <summary>The name of the target's check.</summary>
    public static Setting Name { get; } = new("PROBEAGENT_NAME", "--name",
        "The name of that check, in paths, metrics and logs: a DNS label. Default: app.");

    /// <summary>The probe's own timeout.</summary>
    public static Setting TimeoutSeconds { get; } = new("PROBEAGENT_TIMEOUT_SECONDS", "--timeout-seconds",
        "The probe's own timeoutSeconds; must equal it. 1 to 300. Default: 1.");

    /// <summary>How long a success is shared.</summary>
    public static Setting MaxAgeSeconds { get; } = new("PROBEAGENT_MAX_AGE_SECONDS", "--max-age-seconds",
        "For how many seconds a success is shared with later probes. 0 to 300, fractions allowed. Default: 0.1.");

    /// <summary>The public port.</summary>
    public static Setting Listen { get; } = new("PROBEAGENT_LISTEN", "--listen",
        "The port for the kubelet and Prometheus: ':port' or 'address:port'. Default: :15081.");

    /// <summary>The admin port.</summary>
    public static Setting Admin { get; } = new("PROBEAGENT_ADMIN", "--admin",
        "Where 'status' and the status page are served: a loopback 'address:port', or 'off'. Default: 127.0.0.1:15082.");

    /// <summary>What network callers may read.</summary>
    public static Setting Detail { get; } = new("PROBEAGENT_DETAIL", "--detail",
        "What network callers may read of a failure: 'reason' or 'full'. Default: reason.");

    /// <summary>The longest drain.</summary>
    public static Setting DrainSeconds { get; } = new("PROBEAGENT_DRAIN_SECONDS", "--drain-seconds",
        "For how many seconds at most it stays after SIGTERM while the app still answers. 0 to 3600; 0 as a native sidecar. Default: 25.");

    /// <summary>What is logged.</summary>
    public static Setting LogLevel { get; } = new("PROBEAGENT_LOG_LEVEL", "--log-level",
        "What is logged: 'error', 'warning', 'info' or 'debug'. Default: info.");

    /// <summary>How it is logged.</summary>
    public static Setting LogFormat { get; } = new("PROBEAGENT_LOG_FORMAT", "--log-format",
        "How it is logged: 'text' or 'json'. Default: text.");

    /// <summary>A relay to the app's metrics.</summary>
    public static Setting MetricsTarget { get; } = new("PROBEAGENT_METRICS_TARGET", "--metrics-target",
        "A page of the app for Prometheus, relayed at /relay/app: ':80/metrics' or 'https://:8443/metrics'. Default: none.");

    /// <summary>A configuration file.</summary>
    public static Setting ConfigFile { get; } = new("PROBEAGENT_CONFIG", "--config",
        "A file with the configuration document, for more than one check: docs/configuration.md. Default: none.");

    /// <summary>An inline configuration document.</summary>
    public static Setting ConfigYaml { get; } = new("PROBEAGENT_CONFIG_YAML", "--config-yaml",
        "The configuration document itself, as YAML. Default: none.");

    /// <summary>All of them, in the order of <c>--help</c>.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Target, Name, TimeoutSeconds, MaxAgeSeconds, MetricsTarget, ConfigFile, ConfigYaml, Listen, Admin, Detail, DrainSeconds,
        LogLevel, LogFormat,
    ];
}
