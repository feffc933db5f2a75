namespace ProbeAgent.Configuration;

/// <summary>The kubelet's lifecycle hooks.</summary>
internal enum HookKind
{
    PreStop,
    PostStart,
}
