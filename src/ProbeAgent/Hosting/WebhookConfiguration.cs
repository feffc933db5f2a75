using ProbeAgent.Configuration;
using ProbeAgent.Injection;

namespace ProbeAgent.Hosting;

/// <summary>What the webhook is told.</summary>
internal sealed record WebhookConfiguration
{
    /// <summary>What the pods get.</summary>
    public required InjectionOptions Injection { get; init; }

    /// <summary>Where API servers ask, over TLS.</summary>
    public ListenAddress Listen { get; init; } = new(null, 8443);

    /// <summary>Where Prometheus and the kubelet ask, without TLS.</summary>
    public ListenAddress MetricsListen { get; init; } = new(null, 15081);

    /// <summary>The certificate and those that lead from it to its authority, as PEM.</summary>
    public string CertificateFile { get; init; } = "/etc/probe-agent/tls/tls.crt";

    /// <summary>Its private key, as PEM.</summary>
    public string KeyFile { get; init; } = "/etc/probe-agent/tls/tls.key";

    /// <summary>What is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How it is logged.</summary>
    public LogFormat LogFormat { get; init; }
}
