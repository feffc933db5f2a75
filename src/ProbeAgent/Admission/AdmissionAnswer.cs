using System.Text;
using System.Text.Json.Nodes;

namespace ProbeAgent.Admission;

/// <summary>Writes the answer to a review: always allowed, with a patch or without.</summary>
internal static class AdmissionAnswer
{
    /// <summary>As the API server reads it.</summary>
    public static byte[] Write(string uid, AdmissionOutcome outcome)
    {
        var response = new JsonObject { ["uid"] = uid, ["allowed"] = true };
        if (!outcome.Patch.IsEmpty)
        {
            // One without the other is refused (k8s.io/apiserver pkg/admission/plugin/webhook/request/admissionreview.go).
            response["patchType"] = "JSONPatch";
            response["patch"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(outcome.Patch.ToJson().ToJsonString()));
        }

        response["auditAnnotations"] = new JsonObject
        {
            ["decision"] = DecisionWord.Of(outcome.Decision),
            ["reason"] = outcome.Reason,
        };
        if (outcome.Warnings.Count > 0)
        {
            response["warnings"] = new JsonArray([.. outcome.Warnings.Select(warning => JsonValue.Create(warning))]);
        }

        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["apiVersion"] = AdmissionReviewReader.ApiVersion,
            ["kind"] = AdmissionReviewReader.Kind,
            ["response"] = response,
        }.ToJsonString());
    }
}
