using System.Globalization;
using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>A JSON Patch (RFC 6902) of <c>add</c>, <c>remove</c> and <c>replace</c>, in the order in which they are applied.</summary>
internal sealed class JsonPatch
{
    private readonly List<PatchOperation> operations = [];

    /// <summary>The operations.</summary>
    public IReadOnlyList<PatchOperation> Operations => operations;

    /// <summary>True where there is nothing to do.</summary>
    public bool IsEmpty => operations.Count == 0;

    /// <summary>Adds a member or, in a list, an item before the one of that place.</summary>
    public void Add(JsonPointer path, JsonNode? value) => operations.Add(new PatchOperation("add", path.ToString(), value));

    /// <summary>Replaces what is there.</summary>
    public void Replace(JsonPointer path, JsonNode? value) => operations.Add(new PatchOperation("replace", path.ToString(), value));

    /// <summary>Removes what is there.</summary>
    public void Remove(JsonPointer path) => operations.Add(new PatchOperation("remove", path.ToString(), null));

    /// <summary>Takes over all of another one's.</summary>
    public void Append(JsonPatch other) => operations.AddRange(other.operations);

    /// <summary>As it is written.</summary>
    public JsonArray ToJson() => new([.. operations.Select(JsonNode? (operation) => operation.ToJson())]);

    /// <summary>What becomes of the document, which stays as it is.</summary>
    /// <exception cref="InvalidOperationException">A place is not there.</exception>
    public JsonNode Apply(JsonNode document)
    {
        var copy = document.DeepClone();
        foreach (var operation in operations)
        {
            Apply(copy, operation);
        }

        return copy;
    }

    private static void Apply(JsonNode document, PatchOperation operation)
    {
        var path = JsonPointer.Parse(operation.Path);
        var last = path.Last;
        switch (path.Parent.Find(document))
        {
            case JsonObject parent when operation.Kind == "remove":
                Require(parent.Remove(last), operation);
                return;
            case JsonObject parent:
                Require(operation.Kind == "add" || parent.ContainsKey(last), operation);
                parent[last] = operation.Value?.DeepClone();
                return;
            case JsonArray parent when operation.Kind == "add":
                parent.Insert(last == "-" ? parent.Count : Index(last), operation.Value?.DeepClone());
                return;
            case JsonArray parent when operation.Kind == "remove":
                parent.RemoveAt(Index(last));
                return;
            case JsonArray parent:
                parent[Index(last)] = operation.Value?.DeepClone();
                return;
            default:
                Require(false, operation);
                return;
        }
    }

    private static int Index(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static void Require(bool isThere, PatchOperation operation)
    {
        if (!isThere)
        {
            throw new InvalidOperationException($"'{operation.Kind}' finds nothing at {operation.Path}");
        }
    }
}
