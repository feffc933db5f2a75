using System.Text.Json.Nodes;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>What a container gets from ConfigMaps.</summary>
internal sealed class ConfigMapLookup(PodTemplate template, LintedDeployment deployment)
{
    /// <summary>The value that a <c>configMapKeyRef</c> stands for; null where it is not in the deployment.</summary>
    public string? ValueOf(JsonNode? reference) =>
        reference.Text("name") is { } name && reference.Text("key") is { } key ? DataOf(name).Text(key) : null;

    /// <summary>True where the ConfigMap is in the deployment and cannot be changed, false where it can, null where it is not there.</summary>
    public bool? IsImmutable(string name) => deployment.ConfigMap(name, template) is { } map ? map.IsTrue("immutable") : null;

    /// <summary>The ConfigMap that a file of the container comes from, and the text of the file; null where it comes from none, or cannot be told.</summary>
    public (string Name, JsonPointer Place, string? Text)? FileOf(PodContainer container, string path)
    {
        var mount = (container.Node["volumeMounts"] as JsonArray)?.OfType<JsonObject>()
            .Where(one => one.Text("mountPath") is { } at && (path == at || path.StartsWith(at.TrimEnd('/') + '/', StringComparison.Ordinal)))
            .MaxBy(one => one.Text("mountPath")!.Length);
        if (mount is null || template.Spec?["volumes"] is not JsonArray volumes)
        {
            return null;
        }

        var index = volumes.TakeWhile(volume => volume.Text("name") != mount.Text("name")).Count();
        if (index == volumes.Count)
        {
            return null;
        }

        var inVolume = path[mount.Text("mountPath")!.TrimEnd('/').Length..].TrimStart('/');
        var file = mount.Text("subPath") is { } subPath ? $"{subPath}/{inVolume}".Trim('/') : inVolume;
        return SourcesOf((JsonObject)volumes[index]!, template.SpecPlace / "volumes" / index)
            .Select(source => Find(source.Map, source.Place, file))
            .FirstOrDefault(found => found is not null);
    }

    private static IEnumerable<(JsonObject Map, JsonPointer Place)> SourcesOf(JsonObject volume, JsonPointer place)
    {
        if (volume["configMap"] is JsonObject whole)
        {
            yield return (whole, place / "configMap");
        }

        var projected = (volume["projected"] as JsonObject)?["sources"] as JsonArray ?? [];
        for (var i = 0; i < projected.Count; i++)
        {
            if ((projected[i] as JsonObject)?["configMap"] is JsonObject part)
            {
                yield return (part, place / "projected" / "sources" / i / "configMap");
            }
        }
    }

    private (string, JsonPointer, string?)? Find(JsonObject source, JsonPointer place, string file)
    {
        if (source.Text("name") is not { } name)
        {
            return null;
        }

        var key = source["items"] is not JsonArray items ? file
            : items.FirstOrDefault(item => item.Text("path") == file).Text("key");
        return key is null ? null : (name, place, DataOf(name).Text(key));
    }

    private JsonNode? DataOf(string name) => deployment.ConfigMap(name, template)?["data"];
}
