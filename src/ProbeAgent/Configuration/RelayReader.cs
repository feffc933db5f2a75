namespace ProbeAgent.Configuration;

/// <summary>Reads the relays of a document.</summary>
internal sealed class RelayReader(TargetReader targets, Findings findings)
{
    /// <summary>All relays that are right; null where the document names none.</summary>
    public IReadOnlyList<Found<RelayConfiguration>>? Read(DocumentSection document)
    {
        if (document.Sections("relays", "name: app") is not { } sections)
        {
            return null;
        }

        var firsts = new Dictionary<string, Origin>(StringComparer.Ordinal);
        return [.. sections.Select(section => Read(section, firsts)).OfType<Found<RelayConfiguration>>()];
    }

    private Found<RelayConfiguration>? Read(DocumentSection section, Dictionary<string, Origin> firsts)
    {
        section.Require("name", "name: app");
        section.Require("target", "target: ':80/metrics'");
        var name = section.Text("name", ValueRule.DnsLabel);
        var target = section.Text("target", targets.Page);
        section.Close();
        if (name is not null && !firsts.TryAdd(name.Value, name.Origin))
        {
            findings.Mistakes.Add(name.Origin.Mistake($"is '{name.Value}', which is the name of {firsts[name.Value].Path} as well; names are unique"));
        }

        return name is null || target is null
            ? null
            : new Found<RelayConfiguration>(new RelayConfiguration(name.Value, target.Value), target.Origin);
    }
}
