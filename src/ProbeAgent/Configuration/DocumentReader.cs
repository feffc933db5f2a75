using ProbeAgent.Yaml;

namespace ProbeAgent.Configuration;

/// <summary>Reads a document: every key that exists is asked for here or in the readers below it.</summary>
internal sealed class DocumentReader(Surroundings surroundings, Findings findings)
{
    /// <summary>What the document says, as far as it is right.</summary>
    public Document Read(DocumentText text)
    {
        var (root, mistakes) = YamlReader.Read(text.Text);
        findings.Mistakes.AddRange(mistakes.Select(mistake =>
            Origin.In(text.Source, "", mistake.At).Plain(mistake.Message)));
        return root is not null && DocumentSection.Open(text.Source, root, "checks:", findings) is { } section
            ? Read(section)
            : Document.Empty;
    }

    private Document Read(DocumentSection section)
    {
        var drain = section.Section("drain", "maxSeconds: 25");
        var log = section.Section("log", "level: info");
        var targets = new TargetReader(surroundings);
        var actions = new ActionReader(surroundings, findings);
        var document = new Document
        {
            Listen = section.Text("listen", ValueRule.Listen, "an address to listen on is wanted; write ':15081' or '10.0.0.7:15081'"),
            Admin = section.Text("admin", ValueRule.Admin, "a text is wanted: '127.0.0.1:15082', or 'off'"),
            Detail = section.Word("detail", ValueRule.Details),
            DrainMax = drain?.Number("maxSeconds", ValueRule.WholeSeconds(0, 3600), ValueRule.SecondsWanted("maxSeconds", 0, 3600)),
            LogLevel = log?.Word("level", ValueRule.LogLevels),
            LogFormat = log?.Word("format", ValueRule.LogFormats),
            Checks = At(section, "checks", new CheckReader(actions, findings).Read(section)),
            Relays = At(section, "relays", new RelayReader(targets, findings).Read(section)),
            Hooks = At(section, "hooks", new HookReader(actions, findings).Read(section)),
            Mesh = new MeshReader(targets, findings).Read(section),
            MeshAt = section.Has("mesh") ? section.OriginOf("mesh") : null,
        };
        drain?.Close();
        log?.Close();
        section.Close();
        return document;
    }

    private static Found<T>? At<T>(DocumentSection section, string key, T? value)
        where T : class => value is null ? null : new Found<T>(value, section.OriginOf(key));
}
