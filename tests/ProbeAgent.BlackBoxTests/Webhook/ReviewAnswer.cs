using System.Globalization;
using System.Text.Json.Nodes;

namespace ProbeAgent.BlackBoxTests.Webhook;

/// <summary>What a webhook has answered, held to what an API server takes (k8s.io/apiserver pkg/admission/plugin/webhook/request).</summary>
public sealed record ReviewAnswer(string Uid, JsonArray Patch, string Decision, string Reason, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads one; fails where an API server would refuse it, or where it does not allow.</summary>
    public static ReviewAnswer Parse(string text)
    {
        var review = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(("admission.k8s.io/v1", "AdmissionReview"), (review["apiVersion"]!.GetValue<string>(), review["kind"]!.GetValue<string>()));
        var response = review["response"]!.AsObject();
        Assert.True(response["allowed"]!.GetValue<bool>());
        Assert.Equal(response.ContainsKey("patch"), response.ContainsKey("patchType"));
        var patch = new JsonArray();
        if (response["patch"] is { } encoded)
        {
            Assert.Equal("JSONPatch", response["patchType"]!.GetValue<string>());
            patch = JsonNode.Parse(Convert.FromBase64String(encoded.GetValue<string>()))!.AsArray();
        }

        var audit = response["auditAnnotations"]!;
        return new ReviewAnswer(
            response["uid"]!.GetValue<string>(), patch, audit["decision"]!.GetValue<string>(), audit["reason"]!.GetValue<string>(),
            [.. (response["warnings"] as JsonArray ?? []).Select(warning => warning!.GetValue<string>())]);
    }

    /// <summary>What becomes of the pod of a review; fails where an operation does not fit (RFC 6902).</summary>
    public JsonObject ApplyTo(JsonObject pod)
    {
        var copy = pod.DeepClone().AsObject();
        foreach (var operation in Patch.OfType<JsonObject>())
        {
            Apply(copy, operation);
        }

        return copy;
    }

    private static void Apply(JsonObject document, JsonObject operation)
    {
        var steps = operation["path"]!.GetValue<string>().Split('/')[1..]
            .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        JsonNode parent = document;
        foreach (var step in steps[..^1])
        {
            parent = (parent is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)] : parent[step])!;
            Assert.NotNull(parent);
        }

        var (kind, last, value) = (operation["op"]!.GetValue<string>(), steps[^1], operation["value"]?.DeepClone());
        if (parent is JsonArray array)
        {
            Apply(array, kind, last, value);
            return;
        }

        var map = parent.AsObject();
        Assert.True(kind == "add" || map.ContainsKey(last), $"'{kind}' finds nothing at {operation["path"]}.");
        map.Remove(last);
        if (kind != "remove")
        {
            map[last] = value;
        }
    }

    private static void Apply(JsonArray array, string kind, string last, JsonNode? value)
    {
        var at = last == "-" ? array.Count : int.Parse(last, CultureInfo.InvariantCulture);
        if (kind != "add")
        {
            array.RemoveAt(at);
        }

        if (kind != "remove")
        {
            array.Insert(at, value);
        }
    }
}
