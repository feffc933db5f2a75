namespace ProbeAgent.Injection;

/// <summary>Why something was decided or noted; a closed list, since it is the label of a metric (in snake case).</summary>
internal enum InjectionReason
{
    /// <summary>All is moved.</summary>
    Moved,

    /// <summary>No probe of the pod is one to be moved.</summary>
    NothingToMove,

    /// <summary>All is moved already.</summary>
    AlreadyInjected,

    /// <summary>The manifest has no pod.</summary>
    NoPod,

    /// <summary>The pod is in the node's network, which no sidecar captures.</summary>
    HostNetwork,

    /// <summary>A pod of Windows, where neither the sidecars nor the agent run.</summary>
    Windows,

    /// <summary>The pod says that the mesh is to leave it alone.</summary>
    NotInMesh,

    /// <summary>A mesh has been at the pod already, so it is too late for the annotations.</summary>
    MeshCameFirst,

    /// <summary>Which mesh it is cannot be told, or two are named.</summary>
    MeshUnknown,

    /// <summary>Another container has the agent's port.</summary>
    PortTaken,

    /// <summary>Another container has the agent's name.</summary>
    NameTaken,

    /// <summary>A probe names a port that its container does not have.</summary>
    UnknownPortName,

    /// <summary>A lifecycle hook that would fail.</summary>
    Hook,

    /// <summary>A Job would never end beside an agent that is a regular container.</summary>
    Job,

    /// <summary>The agent of the pod was configured by hand, so that nothing can be added to it.</summary>
    AgentByHand,

    /// <summary>A probe that asks another host than its pod.</summary>
    ForeignHost,

    /// <summary>A probe at a port that the mesh does not capture.</summary>
    NotCaptured,

    /// <summary>A setting of the user that the agent does not go well with.</summary>
    Advice,

    /// <summary>The manifest is not one that Kubernetes would take.</summary>
    Invalid,
}
