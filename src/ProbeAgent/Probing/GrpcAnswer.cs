using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace ProbeAgent.Probing;

/// <summary>Judges a whole answer of a health check, by the rules of the kubelet's client (grpc-go, k8s <c>pkg/probe/grpc</c>).</summary>
internal static class GrpcAnswer
{
    private const string GrpcType = "application/grpc";
    private const int NotFound = 5;
    private const int Unimplemented = 12;
    private const int ServiceUnknown = 3;

    private static readonly string[] StatusNames =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
        "UNAUTHENTICATED",
    ];

    private static readonly string[] ServingNames = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"];

    /// <summary>Why it is a failure, null where the app serves; and what it said, after «gRPC …».</summary>
    public static (Reason? Reason, string Phrase) Judge(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return (Reason.ProtocolError, string.Create(
                CultureInfo.InvariantCulture, $"answered HTTP {(int)response.StatusCode}: it speaks HTTP/2, but no gRPC"));
        }

        var type = First(response.Content.Headers.NonValidated, "Content-Type");
        if (!IsGrpc(type))
        {
            var found = type is null ? "no content type" : $"the content type \"{Printable.Of(type)}\"";
            return (Reason.ProtocolError, $"answered with {found}: that is no gRPC");
        }

        // Trailers only: a status that comes with the head, and nothing after it.
        var trailers = response.TrailingHeaders.NonValidated;
        var source = Last(trailers, "grpc-status") is null && body.IsEmpty ? response.Headers.NonValidated : trailers;
        return int.TryParse(Last(source, "grpc-status"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var status)
            ? status == 0 ? JudgeMessage(body) : JudgeStatus(status, Last(source, "grpc-message"))
            : (Reason.ProtocolError, "answered without a grpc-status");
    }

    private static (Reason? Reason, string Phrase) JudgeStatus(int status, string? message)
    {
        var words = message is null ? "" : Printable.Of(Uri.UnescapeDataString(message));
        var said = $"answered {Name(StatusNames, status)}{(words.Length == 0 ? "" : $" \"{words}\"")}";
        return status switch
        {
            NotFound => (Reason.GrpcUnknownService, $"{said}: it does not know that service"),
            Unimplemented => (Reason.GrpcUnknownService, $"{said}: it has no grpc.health.v1.Health"),
            _ => (Reason.GrpcNotServing, said),
        };
    }

    private static (Reason? Reason, string Phrase) JudgeMessage(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return (Reason.ProtocolError, "answered OK without a message");
        }

        if (body.Length < HealthMessage.FrameHead || body[0] > 1)
        {
            return (Reason.ProtocolError, "answered with a broken frame");
        }

        if (body[0] == 1)
        {
            return (Reason.ProtocolError, "answered with a compressed message, which it was not asked for");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(body[1..]);
        var rest = (uint)(body.Length - HealthMessage.FrameHead);
        if (length != rest)
        {
            return (Reason.ProtocolError, length > rest ? "answered with a broken frame" : "answered with more than one message");
        }

        return HealthMessage.ServingStatus(body[HealthMessage.FrameHead..]) switch
        {
            null => (Reason.ProtocolError, "answered with a message that is no protobuf"),
            1 => (null, "answered SERVING"),
            ServiceUnknown => (Reason.GrpcUnknownService, "answered SERVICE_UNKNOWN"),
            { } serving => (Reason.GrpcNotServing, $"answered {Name(ServingNames, serving)}"),
        };
    }

    private static bool IsGrpc(string? type) =>
        type is not null && type.StartsWith(GrpcType, StringComparison.Ordinal) && (type.Length == GrpcType.Length || type[GrpcType.Length] is '+' or ';');

    // Where one comes twice grpc-go takes the last.
    private static string? Last(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.Last() : null;

    private static string? First(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.First() : null;

    private static string Name(string[] names, int number) => number >= 0 && number < names.Length
        ? names[number]
        : $"the unknown status {number.ToString(CultureInfo.InvariantCulture)}";
}
