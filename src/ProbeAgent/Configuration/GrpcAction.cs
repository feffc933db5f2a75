using System.Globalization;

namespace ProbeAgent.Configuration;

/// <summary>A call of <c>grpc.health.v1.Health/Check</c>.</summary>
/// <param name="Host">Where in the pod.</param>
/// <param name="Port">The app's port.</param>
internal sealed record GrpcAction(PodHost Host, int Port) : CheckAction(Host, Port)
{
    /// <summary>The service that is asked for; empty for the server as a whole. Default: empty.</summary>
    public string Service { get; init; } = "";

    /// <summary>True over TLS; else HTTP/2 with prior knowledge. Default: false.</summary>
    public bool IsTls { get; init; }

    /// <summary>Whose certificates are believed; null where none is looked at. Default: null.</summary>
    public CaFile? CaFile { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"grpc://{Host}:{Port}{(Service.Length == 0 ? "" : "/" + Service)}{(IsTls ? " over TLS" : "")}");
}
