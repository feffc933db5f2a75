using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>One operation of a JSON Patch (RFC 6902).</summary>
/// <param name="Kind"><c>add</c>, <c>remove</c> or <c>replace</c>.</param>
/// <param name="Path">A JSON Pointer (RFC 6901).</param>
/// <param name="Value">The new value; null for <c>remove</c>.</param>
internal sealed record PatchOperation(string Kind, string Path, JsonNode? Value)
{
    /// <summary>As it is written.</summary>
    public JsonObject ToJson()
    {
        var written = new JsonObject { ["op"] = Kind, ["path"] = Path };
        if (Kind != "remove")
        {
            written["value"] = Value?.DeepClone();
        }

        return written;
    }
}
