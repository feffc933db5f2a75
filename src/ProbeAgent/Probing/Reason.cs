namespace ProbeAgent.Probing;

/// <summary>Why a check failed: a closed list, the same word in answer, log, metrics and status page.</summary>
internal enum Reason
{
    ConnectionRefused,
    ConnectionReset,
    ConnectTimeout,
    ResponseTimeout,
    BodyTimeout,
    TlsError,
    ProtocolError,
    BadStatus,
    TooManyRedirects,
    GrpcNotServing,
    GrpcUnknownService,
    MeshNotReady,
    Draining,
    AgentLate,
    InternalError,
}
