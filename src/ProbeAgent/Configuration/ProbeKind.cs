namespace ProbeAgent.Configuration;

/// <summary>The kubelet's probes.</summary>
internal enum ProbeKind
{
    Liveness,
    Readiness,
    Startup,
}
