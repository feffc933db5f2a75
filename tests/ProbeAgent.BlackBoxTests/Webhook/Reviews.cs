using System.Text.Json.Nodes;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Webhook;

/// <summary>Reviews as an API server posts them.</summary>
internal static class Reviews
{
    /// <summary>A pod of a ReplicaSet, which has no name yet and no namespace.</summary>
    public const string ReplicaSetPod = "replicaset-pod";

    /// <summary>A pod that <c>kubectl create --dry-run=server</c> makes.</summary>
    public const string PodByHand = "pod-by-hand";

    /// <summary>A pod that Istio's webhook has been at.</summary>
    public const string PodAfterIstio = "pod-after-istio";

    /// <summary>One of them, by name.</summary>
    public static JsonObject Read(string name) =>
        JsonNode.Parse(File.ReadAllText(Checkout.InRoot($"tests/ProbeAgent.BlackBoxTests/Webhook/reviews/{name}.json")))!.AsObject();

    /// <summary>The pod of one.</summary>
    public static JsonObject PodOf(JsonObject review) => review["request"]!["object"]!.AsObject();

    /// <summary>The same question about another pod.</summary>
    public static string About(JsonObject review, JsonObject pod)
    {
        var copy = review.DeepClone();
        copy["request"]!["object"] = pod.DeepClone();
        return copy.ToJsonString();
    }
}
