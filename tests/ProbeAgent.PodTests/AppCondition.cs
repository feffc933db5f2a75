namespace ProbeAgent.PodTests;

/// <summary>How an app is, for its owner.</summary>
public enum AppCondition
{
    Healthy,

    /// <summary>Well, and listening on the pod's address only.</summary>
    OnPodAddressOnly,

    /// <summary>Well, and answering only requests whose Host is the pod's address and the app's port.</summary>
    ChoosyAboutHost,

    /// <summary>It answers 500, and by gRPC that it is not serving.</summary>
    Answers500,

    /// <summary>Its process is gone.</summary>
    Killed,

    /// <summary>Its process is stopped: the kernel accepts connections for it, nobody answers.</summary>
    Frozen,

    /// <summary>It answers, long after everybody has given up.</summary>
    Slow,
}
