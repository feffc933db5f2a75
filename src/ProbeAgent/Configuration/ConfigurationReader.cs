using ProbeAgent.Yaml;

namespace ProbeAgent.Configuration;

/// <summary>
/// Makes a configuration of what the user gave, or says all that is wrong with it at once. The command line goes before the
/// environment, that before the document, that before the defaults: key by key for single values, whole for lists.
/// </summary>
/// <param name="given">What the user gave.</param>
/// <param name="surroundings">The place where it is read.</param>
internal sealed class ConfigurationReader(GivenSettings given, Surroundings surroundings)
{
    private const string Prefix = "PROBEAGENT_";

    private readonly Findings findings = new();

    /// <summary>Reads everything.</summary>
    /// <param name="document">The document where it came another way than by a setting; null where it did not.</param>
    public ConfigurationOutcome Read(DocumentText? document = null)
    {
        var settings = new SettingsReader(given, new TargetReader(surroundings), findings);
        var text = document ?? GivenDocument();
        var read = text is null ? Document.Empty : new DocumentReader(surroundings, findings).Read(text);
        var check = settings.ReadCheck();
        var relay = settings.ReadRelay();
        var checks = Lists.Choose("checks", check, read.Checks, findings);
        var relays = Lists.Choose("relays", relay, read.Relays, findings);
        var hooks = read.Hooks?.Value ?? [];
        foreach (var (path, source) in settings.Origins)
        {
            findings.Origins[path] = source;
        }

        var defaults = new AgentConfiguration { Checks = [] };
        var listen = First(settings.Read(Setting.Listen, ValueRule.Listen), read.Listen, "listen");
        var admin = First(settings.Read(Setting.Admin, ValueRule.Admin), read.Admin, "admin");
        var configuration = new AgentConfiguration
        {
            Listen = listen?.Value ?? defaults.Listen,
            Admin = admin is null ? defaults.Admin : admin.Value,
            Detail = First(settings.Read(Setting.Detail, ValueRule.Details), read.Detail, "detail")?.Value ?? defaults.Detail,
            DrainMax = First(settings.Read(Setting.DrainSeconds, ValueRule.WholeSeconds(0, 3600)), read.DrainMax, "drain.maxSeconds")?.Value
                ?? defaults.DrainMax,
            LogLevel = First(settings.Read(Setting.LogLevel, ValueRule.LogLevels), read.LogLevel, "log.level")?.Value ?? defaults.LogLevel,
            LogFormat = First(settings.Read(Setting.LogFormat, ValueRule.LogFormats), read.LogFormat, "log.format")?.Value
                ?? defaults.LogFormat,
            Mesh = read.Mesh,
            Checks = [.. checks.Select(found => found.Value)],
            Relays = [.. relays.Select(found => found.Value)],
            Hooks = [.. hooks.Select(found => found.Value)],
        };
        RefuseNothing(configuration, text);
        new PortRules(configuration, findings).Refuse(listen?.Origin, admin?.Origin, checks, relays, hooks, read.MeshAt);
        Warn(configuration);
        return new ConfigurationOutcome(
            findings.Mistakes.Count == 0 ? configuration : null, [.. findings.Mistakes.OrderBy(mistake => mistake.At)], findings.Warnings, findings.Origins);
    }

    /// <summary>Reads the admin port and nothing else; null where it is off.</summary>
    public (ListenAddress? Admin, IReadOnlyList<ConfigurationMistake> Mistakes) ReadAdminOnly()
    {
        var settings = new SettingsReader(given, new TargetReader(surroundings), findings);
        var admin = settings.Read(Setting.Admin, ValueRule.Admin);
        IReadOnlyList<ConfigurationMistake> mistakes = [.. findings.Mistakes];

        // What else is wrong with the document is of no interest to someone who only looks for the port.
        admin ??= GivenDocument() is { } text ? new DocumentReader(surroundings, findings).Read(text).Admin : null;
        return (admin is null ? new AgentConfiguration { Checks = [] }.Admin : admin.Value, mistakes);
    }

    private DocumentText? GivenDocument()
    {
        var (file, inline) = (given[Setting.ConfigFile], given[Setting.ConfigYaml]);
        if (file is not null && inline is not null)
        {
            findings.Mistakes.Add(new ConfigurationMistake(
                inline.Source, $"is a second document beside the file of {file.Source}; give one of them"));
            return null;
        }

        if ((file ?? inline) is not { } source)
        {
            return null;
        }

        var (document, mistake) = file is not null
            ? DocumentText.FromFile(source.Text, source.Source)
            : DocumentText.FromText(source.Source, source.Text);
        if (document is null)
        {
            findings.Mistakes.Add(mistake!);
        }

        return document;
    }

    private Found<T>? First<T>(Found<T>? setting, Found<T>? document, string path)
    {
        if (setting is not null)
        {
            findings.Origins[path] = setting.Origin.Source;
        }

        return setting ?? document;
    }

    private void RefuseNothing(AgentConfiguration configuration, DocumentText? document)
    {
        // Where there are mistakes the check that is missing is one of them.
        if (findings.Mistakes.Count > 0 || configuration.Checks.Count + configuration.Relays.Count + configuration.Hooks.Count > 0)
        {
            return;
        }

        if (document is not null)
        {
            findings.Mistakes.Add(Origin.In(document.Source, "", new TextPosition(1, 1)).Plain(
                $"the document has no 'checks' and {Setting.Target.Variable} is not set, so there is nothing to ask; "
                    + "write 'checks:' with what the kubelet would have asked"));
        }
        else
        {
            findings.Mistakes.Add(new ConfigurationMistake(
                Setting.Target.Variable,
                $"is not set, so there is nothing to ask. Set it to what the kubelet would have asked, for example {Setting.Target.Variable}=:80/status "
                    + $"(wherever in the pod port 80 is), or use --target :80/status; for more than one check write a document and name it in {Setting.ConfigFile.Variable}"));
        }
    }

    private void Warn(AgentConfiguration configuration)
    {
        findings.Warnings.AddRange(
            from name in given.UnknownVariables()
            let meant = NearestWord.Of(name[Prefix.Length..], [.. Setting.All.Select(setting => setting.Variable[Prefix.Length..])])
            select $"{name} is no setting of probe-agent and is ignored" + (meant is null ? "" : $"; did you mean {Prefix}{meant}?"));
        findings.Warnings.AddRange(
            from setting in new[] { Setting.Target, Setting.MetricsTarget, Setting.ConfigFile, Setting.ConfigYaml }
            let shadowed = given.Shadowed(setting)
            where shadowed is not null
            select $"{setting.Option} and {setting.Variable} both name what to ask; {setting.Option} counts");
        if (findings.Mistakes.Count == 0)
        {
            findings.Warnings.AddRange(ConfigurationWarnings.Of(configuration, surroundings));
        }
    }
}
