namespace ProbeAgent.Configuration;

/// <summary>Reads the checks of a document.</summary>
internal sealed class CheckReader(ActionReader actions, Findings findings)
{
    /// <summary>All checks that are right; null where the document names none.</summary>
    public IReadOnlyList<Found<CheckConfiguration>>? Read(DocumentSection document)
    {
        document.RequireSome("checks");
        if (document.Sections("checks", "name: app") is not { } sections)
        {
            return null;
        }

        var names = new UniqueNames(findings);
        return [.. sections.Select(section => Read(section, names)).OfType<Found<CheckConfiguration>>()];
    }

    private Found<CheckConfiguration>? Read(DocumentSection section, UniqueNames names)
    {
        section.Require("name", "name: app");
        var name = section.Text("name", ValueRule.DnsLabel);
        var container = section.Text("container", ValueRule.DnsLabel);
        section.RequireSome("probes");
        var probes = section.Words("probes", ValueRule.Probes);
        var action = actions.ReadKind(section);
        var timeout = section.Number("timeoutSeconds", ValueRule.WholeSeconds(1, 300), ValueRule.SecondsWanted("timeoutSeconds", 1, 300));
        var maxAge = section.Number("maxAgeSeconds", ValueRule.MaxAge, "a number of seconds from 0 to 300 is wanted; write 'maxAgeSeconds: 0.1'");
        var relaysBody = section.Bool("relayBody");
        section.Close();
        RefuseBodyOfNoHttp(action?.Value, relaysBody);
        names.Take(name);

        if (name is null || action is null)
        {
            return null;
        }

        var check = new CheckConfiguration { Name = name.Value, Container = container?.Value ?? name.Value, Action = action.Value };
        return new Found<CheckConfiguration>(
            check with
            {
                Probes = probes?.Value ?? check.Probes,
                Timeout = timeout?.Value ?? check.Timeout,
                MaxAge = maxAge?.Value ?? check.MaxAge,
                RelaysBody = relaysBody?.Value ?? check.RelaysBody,
            },
            action.Origin);
    }

    private void RefuseBodyOfNoHttp(CheckAction? action, Found<bool>? relaysBody)
    {
        if (relaysBody is { Value: true } && action is not (null or HttpGetAction))
        {
            findings.Mistakes.Add(relaysBody.Origin.Mistake("is for httpGet; the answer to another kind of check has no body"));
        }
    }
}
