using System.Globalization;
using System.Text.Json.Nodes;
using ProbeAgent.Yaml;

namespace ProbeAgent.Manifests;

/// <summary>One document of a file.</summary>
internal sealed class ManifestDocument
{
    /// <summary>A document.</summary>
    /// <param name="root">Its root, which is not null.</param>
    public ManifestDocument(ManifestNode root)
    {
        Root = root;
        Value = root.Value!;
    }

    /// <summary>Its value, with aliases and merge keys resolved.</summary>
    public JsonNode Value { get; }

    /// <summary>Its root.</summary>
    public ManifestNode Root { get; }

    /// <summary>Where the value at a JSON Pointer stands; of what is not there, the place of the nearest that would hold it.</summary>
    public TextPosition PositionOf(string pointer)
    {
        var node = Root;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (Next(node, name) is not { } next)
            {
                break;
            }

            node = next;
        }

        return node.At;
    }

    // What an alias or a merge brings in stands where that is said.
    private static ManifestNode? Next(ManifestNode node, string name)
    {
        if (node.IsList)
        {
            return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < node.Entries.Count
                ? node.Entries[number].Value
                : null;
        }

        var own = node.Entries.FirstOrDefault(entry => !entry.IsMerge && MergedValue.Name(entry) == name);
        var merge = own ?? node.Entries.FirstOrDefault(entry => entry.IsMerge && MergedValue.Sources(entry.Value.Value).Any(one => one.ContainsKey(name)));
        return merge?.Value;
    }
}
