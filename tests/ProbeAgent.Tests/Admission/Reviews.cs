using System.Text;
using System.Text.Json.Nodes;
using ProbeAgent.Admission;

namespace ProbeAgent.Tests.Admission;

/// <summary>Reviews as API servers post them, and what comes back.</summary>
internal static class Reviews
{
    /// <summary>A pod of a ReplicaSet, before the API server has given it a name.</summary>
    public const string Pod = """
        {
          "kind": "Pod", "apiVersion": "v1",
          "metadata": {"generateName": "web-5d4f9c-", "creationTimestamp": null, "labels": {"app": "web"}},
          "spec": {
            "containers": [{
              "name": "web", "image": "registry.example.com/web:1",
              "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
              "livenessProbe": {"httpGet": {"path": "/status", "port": "http", "scheme": "HTTP"}, "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3}
            }],
            "restartPolicy": "Always"
          },
          "status": {}
        }
        """;

    /// <summary>The creation of a pod.</summary>
    public static JsonObject Of(string pod) => JsonNode.Parse($$"""
        {
          "kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1",
          "request": {
            "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
            "kind": {"group": "", "version": "v1", "kind": "Pod"},
            "resource": {"group": "", "version": "v1", "resource": "pods"},
            "namespace": "shop",
            "operation": "CREATE",
            "userInfo": {"username": "system:serviceaccount:kube-system:replicaset-controller"},
            "object": {{pod}},
            "oldObject": null,
            "dryRun": false,
            "options": {"kind": "CreateOptions", "apiVersion": "meta.k8s.io/v1"}
          }
        }
        """)!.AsObject();

    /// <summary>Reads a text as a review.</summary>
    public static ReviewReading Read(string text) => AdmissionReviewReader.Read(Encoding.UTF8.GetBytes(text));

    /// <summary>The request of the creation of a pod.</summary>
    public static AdmissionRequest Request(string pod) => Read(Of(pod).ToJsonString()).Request!;

    /// <summary>The <c>response</c> of an answer.</summary>
    public static JsonObject Response(byte[] answer) => JsonNode.Parse(answer)!["response"]!.AsObject();

    /// <summary>The operations of its patch; none where it has none.</summary>
    public static JsonArray Patch(JsonObject response) => response["patch"] is { } patch
        ? JsonNode.Parse(Convert.FromBase64String(patch.GetValue<string>()))!.AsArray()
        : [];
}
