namespace ProbeAgent.Configuration;

/// <summary>Reads the lifecycle hooks of a document.</summary>
internal sealed class HookReader(ActionReader actions, Findings findings)
{
    // Shorter ones can be tried out from the network.
    private const int GoodKeyLength = 16;

    /// <summary>All hooks that are right; null where the document names none.</summary>
    public IReadOnlyList<Found<HookConfiguration>>? Read(DocumentSection document)
    {
        if (document.PrivateSections("hooks", "hook: preStop") is not { } sections)
        {
            return null;
        }

        var firsts = new Dictionary<(string, HookKind), Origin>();
        return [.. sections.Select(section => Read(section, firsts)).OfType<Found<HookConfiguration>>()];
    }

    private Found<HookConfiguration>? Read(DocumentSection section, Dictionary<(string Container, HookKind Hook), Origin> firsts)
    {
        section.Require("container", "container: app");
        section.Require("hook", "hook: preStop");
        section.Require("key", "key: a-long-random-text");
        section.Require("httpGet", "httpGet: {port: 80, path: /shutdown}");
        var container = section.Text("container", ValueRule.DnsLabel);
        var hook = section.Word("hook", ValueRule.Hooks);
        var key = section.Text("key", ValueRule.Key);
        var action = actions.ReadHttpGet(section);
        section.Close();
        if (key is { Value.Length: < GoodKeyLength })
        {
            findings.Warnings.Add(
                $"{key.Origin.Source}: {key.Origin.Path} is short and can be tried out by whoever reaches the port; take {GoodKeyLength} characters or more");
        }

        if (container is null || hook is null)
        {
            return null;
        }

        if (!firsts.TryAdd((container.Value, hook.Value), section.Here))
        {
            findings.Mistakes.Add(hook.Origin.Mistake(
                $"is a second one for container '{container.Value}' beside {firsts[(container.Value, hook.Value)].Path}; a container has one of each"));
        }

        return key is null || action is null
            ? null
            : new Found<HookConfiguration>(
                new HookConfiguration(container.Value, hook.Value, key.Value, action.Value), action.Origin);
    }
}
