using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProbeAgent.Admission;

/// <summary>Reads an <c>AdmissionReview</c> of <c>admission.k8s.io/v1</c>, as an API server posts it.</summary>
internal static class AdmissionReviewReader
{
    /// <summary>The version that is spoken.</summary>
    public const string ApiVersion = "admission.k8s.io/v1";

    /// <summary>The kind of question and answer.</summary>
    public const string Kind = "AdmissionReview";

    // Longer than any name or id of Kubernetes; the rest is for nobody's log.
    private const int MaxNameLength = 253;

    /// <summary>Reads one; never throws.</summary>
    public static ReviewReading Read(ReadOnlyMemory<byte> body)
    {
        JsonNode? document;
        try
        {
            document = BoundedJson.Read(body);
        }
        catch (JsonException exception)
        {
            return No($"the body is not JSON that can be read: {exception.Message}");
        }

        if (document is not JsonObject review || Text(review["apiVersion"]) != ApiVersion || Text(review["kind"]) != Kind)
        {
            return No($"the body is not an {Kind} of {ApiVersion}; both 'apiVersion: {ApiVersion}' and 'kind: {Kind}' are wanted");
        }

        if (review["request"] is not JsonObject request || Text(request["uid"]) is not { Length: > 0 } uid)
        {
            return No("the review has no request with a uid, so there is nothing to answer");
        }

        var metadata = (request["object"] as JsonObject)?["metadata"] as JsonObject;
        return new ReviewReading(
            new AdmissionRequest
            {
                Uid = uid,
                Namespace = Short(Text(request["namespace"])),
                Name = Short(FirstOf(Text(request["name"]), Text(metadata?["name"]), Text(metadata?["generateName"]))),
                Pod = IsPodCreation(request) ? PodOf(request) : null,
            },
            null);
    }

    // What the request says of the pod, where the pod does not say it itself; no patch concerns either.
    private static JsonObject? PodOf(JsonObject request)
    {
        if (request["object"] is not JsonObject pod)
        {
            return null;
        }

        pod["kind"] = "Pod";
        if (pod["metadata"] is JsonObject metadata)
        {
            metadata["namespace"] ??= Text(request["namespace"]);
        }

        return pod;
    }

    private static bool IsPodCreation(JsonObject request) =>
        Text(request["operation"]) == "CREATE"
        && string.IsNullOrEmpty(Text(request["subResource"]))
        && request["resource"] is JsonObject resource
        && string.IsNullOrEmpty(Text(resource["group"]))
        && Text(resource["version"]) == "v1"
        && Text(resource["resource"]) == "pods";

    private static ReviewReading No(string mistake) => new(null, mistake);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string FirstOf(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrEmpty(text))
            {
                return text;
            }
        }

        return "";
    }

    private static string Short(string? text) => text is { Length: > MaxNameLength } ? text[..MaxNameLength] : text ?? "";
}
