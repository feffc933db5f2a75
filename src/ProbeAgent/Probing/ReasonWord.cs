namespace ProbeAgent.Probing;

/// <summary>The words of the reasons, as they stand in answers and metrics.</summary>
internal static class ReasonWord
{
    /// <summary>The word of a reason, such as <c>connection_refused</c>.</summary>
    public static string Of(Reason reason) => reason switch
    {
        Reason.ConnectionRefused => "connection_refused",
        Reason.ConnectionReset => "connection_reset",
        Reason.ConnectTimeout => "connect_timeout",
        Reason.ResponseTimeout => "response_timeout",
        Reason.BodyTimeout => "body_timeout",
        Reason.TlsError => "tls_error",
        Reason.ProtocolError => "protocol_error",
        Reason.BadStatus => "bad_status",
        Reason.TooManyRedirects => "too_many_redirects",
        Reason.GrpcNotServing => "grpc_not_serving",
        Reason.GrpcUnknownService => "grpc_unknown_service",
        Reason.MeshNotReady => "mesh_not_ready",
        Reason.Draining => "draining",
        Reason.AgentLate => "agent_late",
        Reason.InternalError => "internal_error",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "not a reason"),
    };
}
