using System.Text.Json.Nodes;
using ProbeAgent.Configuration;
using ProbeAgent.Yaml;

namespace ProbeAgent.Injection;

/// <summary>The agent's document as it stands in <c>PROBEAGENT_CONFIG_YAML</c> of its container.</summary>
internal sealed class AgentDocument
{
    private static readonly YamlLayout Layout = new(Indentation: 2, ListIndentation: 2);

    private readonly JsonObject document;

    private AgentDocument(JsonObject document) => this.document = document;

    /// <summary>A new one.</summary>
    /// <param name="meshKind">As <c>mesh.kind</c>.</param>
    /// <param name="isNativeSidecar">True: nothing to wait for at the end.</param>
    public static AgentDocument Of(string meshKind, bool isNativeSidecar)
    {
        var document = new JsonObject { ["mesh"] = new JsonObject { ["kind"] = meshKind } };
        if (isNativeSidecar)
        {
            document["drain"] = new JsonObject { ["maxSeconds"] = 0 };
        }

        return new AgentDocument(document);
    }

    /// <summary>One that is there; null where it is not as it is written here: what a person has written, comments above all, would not survive.</summary>
    public static AgentDocument? Read(string value) =>
        YamlReader.Read(Contracted(value)) is ({ } root, []) && Json(root) is JsonObject document && new AgentDocument(document) is var read && read.Write() == value
            ? read
            : null;

    /// <summary>Sets a check, in the place of the one of its name. The name of another one that answers for it, or stands in its place: then it is not set.</summary>
    public string? SetCheck(JsonObject check)
    {
        var word = check["probes"]![0]!.GetValue<string>();
        var other = (document["checks"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(one =>
        {
            var isOfTheContainer = (one.Text("container") ?? one.Text("name")) == check.Text("container");
            var isOfTheName = one.Text("name") == check.Text("name");
            var serves = one["probes"] is not JsonArray probes || probes.Any(probe => probe?.ToString() == word);
            return isOfTheName ? !isOfTheContainer : isOfTheContainer && serves;
        });
        if (other is null)
        {
            Set("checks", check, "name");
        }

        return other?.Text("name");
    }

    /// <summary>Brings a check, where there is one of the name, to the time of its probe.</summary>
    public void SetTimeout(string name, int seconds)
    {
        if ((document["checks"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(one => one.Text("name") == name) is { } check)
        {
            check["timeoutSeconds"] = Math.Min(seconds, CheckWriter.LongestTimeout);
        }
    }

    /// <summary>Why the agent would not take it; null where it would.</summary>
    public string? Mistake()
    {
        // By the agent's own reader, as on another machine than the pod's.
        var given = new GivenSettings(new Dictionary<Setting, string>(), new Dictionary<string, string>());
        var (text, mistake) = DocumentText.FromText(AgentContainer.DocumentVariable, Contracted(Write()));
        if (text is null)
        {
            return mistake!.ToString();
        }

        var mistakes = new ConfigurationReader(given, new Surroundings(IsThePod: false, static () => [], static () => true)).Read(text).Mistakes;
        return mistakes.Count == 0 ? null : mistakes[0].ToString();
    }

    /// <summary>Sets a hook, in the place of the container's.</summary>
    public void SetHook(JsonObject hook) => Set("hooks", hook, "container", "hook");

    /// <summary>As the value of the variable.</summary>
    public string Write() => Expanded(string.Join('\n', YamlWriter.Lines(document, Layout)) + '\n');

    // The kubelet expands $(NAME) in values of variables, and takes $$ for $ (k8s third_party/forked/golang/expansion).
    private static string Expanded(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    private static string Contracted(string value) => value.Replace("$$", "$", StringComparison.Ordinal);

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Json(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Json)]),
        YamlScalar { Kind: YamlScalarKind.Null } => null,
        YamlScalar { Kind: YamlScalarKind.Bool } truth => JsonValue.Create(truth.Text.StartsWith('t') || truth.Text.StartsWith('T')),
        YamlScalar { IsPlainNumber: true } number => JsonNode.Parse(number.Text),
        YamlScalar text => JsonValue.Create(text.Text),
        _ => null,
    };

    private void Set(string list, JsonObject item, params string[] identity)
    {
        if (document[list] is not JsonArray items)
        {
            document[list] = items = [];
        }

        var index = items.TakeWhile(other => !identity.All(key => other.Text(key) == item.Text(key))).Count();
        if (index == items.Count)
        {
            items.Add((JsonNode)item);
        }
        else
        {
            items[index] = item;
        }
    }
}
