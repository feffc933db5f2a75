using System.Text.Json;
using System.Text.Json.Nodes;
using ProbeAgent.Injection;
using ProbeAgent.Manifests;

namespace ProbeAgent.Cli;

/// <summary>Injects the documents of files, and tells on standard error what it did and what it could not do.</summary>
/// <param name="options">Reads the options: those of the command line, and others by name which a KRM function's configuration gives.</param>
internal sealed class FileInjection(Func<IReadOnlyDictionary<string, string>?, (InjectionOptions? Options, IReadOnlyList<string> Mistakes)> options)
{
    private readonly List<InjectedFile> files = [];
    private bool isRefused;

    /// <summary>What has become of the files.</summary>
    public IReadOnlyList<InjectedFile> Files => files;

    /// <summary>Injects all of them; the exit code where something is wrong, and then none of them counts.</summary>
    public int? Run(IReadOnlyList<ManifestSource> sources)
    {
        var (read, mistakes) = Read(sources);
        if (mistakes.Count > 0)
        {
            mistakes.ForEach(Terminal.WriteErrorLine);
            return ExitCode.WrongUse;
        }

        List<JsonNode> neighbours = [.. read.SelectMany(pair => pair.File.Documents).Select(document => document.Value)];
        foreach (var (source, file) in read)
        {
            if (Inject(source, file, neighbours) is { } code)
            {
                return code;
            }
        }

        return isRefused ? ExitCode.No : null;
    }

    private static (List<(ManifestSource Source, ManifestFile File)> Read, List<string> Mistakes) Read(IReadOnlyList<ManifestSource> sources)
    {
        var read = new List<(ManifestSource, ManifestFile)>();
        var mistakes = new List<string>();
        foreach (var source in sources)
        {
            var (file, mistake) = ManifestFile.Read(source.Text);
            if (file is not null)
            {
                read.Add((source, file));
            }
            else
            {
                mistakes.Add($"{source.Name}:{mistake!.At.Line}:{mistake.At.Column}: error: {mistake.Message}");
            }
        }

        return (read, mistakes);
    }

    private int? Inject(ManifestSource source, ManifestFile file, List<JsonNode> neighbours)
    {
        var values = new Dictionary<ManifestDocument, JsonNode>();
        var patches = new List<JsonPatch>();
        var companions = new List<JsonObject>();
        foreach (var document in file.Documents)
        {
            var (wanted, mistakes) = options(FunctionConfiguration(document.Value));
            if (wanted is null)
            {
                return Complaint.About(mistakes);
            }

            var result = new Injector(wanted).Inject(document.Value, neighbours);
            Tell(source, document, result);
            if (result.Decision != InjectionDecision.Injected)
            {
                continue;
            }

            patches.Add(result.Patch);
            values[document] = result.Patch.Apply(document.Value);
            var missing = result.Companions.Where(companion => !neighbours.Exists(other => IsSame(companion, other)));
            if (values[document]["items"] is JsonArray items)
            {
                missing.ToList().ForEach(companion => items.Add((JsonNode)companion.DeepClone()));
            }
            else
            {
                companions.AddRange(missing);
            }
        }

        var (text, mistake) = file.With(values);
        if (text is null)
        {
            Terminal.WriteErrorLine($"{source.Name}:{mistake!.At.Line}:{mistake.At.Column}: error: {mistake.Message}");
            isRefused = true;
            return null;
        }

        if (companions.Count > 0 && source.Text.TrimStart().StartsWith('{'))
        {
            Terminal.WriteErrorLine($"{source.Name}:1:1: error: a PodMonitor cannot be written behind JSON, which is one document; give it as a List, or as YAML");
            isRefused = true;
            return null;
        }

        files.Add(new InjectedFile(source, AppendedDocuments.To(text, companions), patches));
        return null;
    }

    private void Tell(ManifestSource source, ManifestDocument document, InjectionResult result)
    {
        foreach (var (finding, at) in result.Findings.Select(finding => (finding, At: document.PositionOf(finding.Pointer))).OrderBy(pair => pair.At))
        {
            Terminal.WriteErrorLine($"{source.Name}:{at.Line}:{at.Column}: {finding.Severity.ToString().ToLowerInvariant()}: {finding.Message}");
            isRefused |= finding.Severity == FindingSeverity.Error;
        }
    }

    // Kustomize hands a function its configuration in the list: ConfigMap-like 'data', or a 'spec' of the same keys, in camel case.
    private static Dictionary<string, string>? FunctionConfiguration(JsonNode document) =>
        document.Text("kind") == "ResourceList" && document["functionConfig"] is JsonObject configuration
        && (configuration["spec"] ?? configuration["data"]) is JsonObject given
            ? given.Where(pair => pair.Value is JsonValue)
                .ToDictionary(pair => JsonNamingPolicy.KebabCaseLower.ConvertName(pair.Key), pair => pair.Value!.ToString(), StringComparer.Ordinal)
            : null;

    private static bool IsSame(JsonObject companion, JsonNode other) =>
        (other["items"] is JsonArray items ? items.OfType<JsonNode>() : [other]).Any(one =>
            one.Text("kind") == companion.Text("kind")
            && one["metadata"].Text("name") == companion["metadata"].Text("name")
            && one["metadata"].Text("namespace") == companion["metadata"].Text("namespace"));
}
