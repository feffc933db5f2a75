namespace ProbeAgent.Injection;

/// <summary>How Prometheus is to find the agent.</summary>
internal enum PrometheusDiscovery
{
    /// <summary>Nothing is added for it.</summary>
    None,

    /// <summary>The pod gets the <c>prometheus.io/…</c> annotations.</summary>
    Annotations,

    /// <summary>A PodMonitor is written beside the workload.</summary>
    PodMonitor,
}
