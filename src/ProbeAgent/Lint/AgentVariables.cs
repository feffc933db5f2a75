using System.Text.Json.Nodes;
using ProbeAgent.Configuration;
using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>What the agent's container gives it: variables as the kubelet makes them, and options in <c>args</c>.</summary>
internal sealed class AgentVariables
{
    private static readonly Setting[] Sources = [Setting.Target, Setting.ConfigFile, Setting.ConfigYaml];

    private readonly PodContainer container;
    private readonly ConfigMapLookup configMaps;
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> unknown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonPointer> places = new(StringComparer.Ordinal);

    /// <param name="container">The container.</param>
    /// <param name="configMaps">What its values may come from.</param>
    public AgentVariables(PodContainer container, ConfigMapLookup configMaps)
    {
        (this.container, this.configMaps) = (container, configMaps);
        if (container.Node["env"] is JsonArray variables)
        {
            for (var i = 0; i < variables.Count; i++)
            {
                Take(variables[i], container.Place / "env" / i);
            }
        }

        Given = new GivenSettings(ReadOptions(), known);
    }

    /// <summary>What it is given.</summary>
    public GivenSettings Given { get; }

    /// <summary>False where something that counts comes from a place that is not in the manifests.</summary>
    public bool AreComplete =>
        !Setting.All.Any(setting => unknown.Contains(setting.Variable))
        && (container.Node["envFrom"] is not JsonArray { Count: > 0 } || Sources.Any(setting => Given[setting] is not null));

    /// <summary>Where the value stands of the first of the variables that is there; the container where none is.</summary>
    public JsonPointer PlaceOf(params IEnumerable<string> variables) =>
        variables.Select(places.GetValueOrDefault).FirstOrDefault(place => place is not null) ?? container.Place;

    /// <summary>The words of a container's command line, as far as the manifest names them.</summary>
    public static IEnumerable<string> CommandOf(PodContainer container) =>
        (container.Node["command"] as JsonArray ?? []).Concat(container.Node["args"] as JsonArray ?? []).Select(word => word?.ToString() ?? "");

    private void Take(JsonNode? entry, JsonPointer place)
    {
        if (entry.Text("name") is not { } name)
        {
            return;
        }

        places[name] = NearestPlace.Of(place, entry, "value");
        unknown.Remove(name);
        if ((entry as JsonObject)?["valueFrom"] is JsonObject source)
        {
            places[name] = place / "valueFrom";
            Set(name, configMaps.ValueOf(source["configMapKeyRef"]));
            return;
        }

        var text = entry.Text("value") ?? "";
        var isKnown = true;
        var value = KubeletExpansion.Of(text, other =>
        {
            isKnown &= !unknown.Contains(other);
            return known.GetValueOrDefault(other);
        });
        Set(name, isKnown ? value : null);
    }

    private void Set(string name, string? value)
    {
        if (value is null)
        {
            unknown.Add(name);
            known.Remove(name);
        }
        else
        {
            known[name] = value;
        }
    }

    private Dictionary<Setting, string> ReadOptions()
    {
        var options = new Dictionary<Setting, string>();
        var words = CommandOf(container).Select(word => KubeletExpansion.Of(word, known.GetValueOrDefault)).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var (option, value) = words[i].Split('=', 2) is [var before, var after] ? (before, after) : (words[i], words.ElementAtOrDefault(i + 1));
            if (Setting.All.FirstOrDefault(setting => setting.Option == option) is { } setting && value is not null)
            {
                options[setting] = value;
            }
        }

        return options;
    }
}
