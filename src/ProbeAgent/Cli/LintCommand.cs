using System.CommandLine;
using ProbeAgent.Configuration;
using ProbeAgent.Injection;
using ProbeAgent.Lint;
using ProbeAgent.Manifests;

namespace ProbeAgent.Cli;

/// <summary><c>lint</c>: says what is wrong with manifests before they are deployed.</summary>
internal static class LintCommand
{
    private static readonly string[] Forms = ["text", "json"];

    private static readonly string[] Severities = ["error", "warning", "info", "never"];

    private static readonly string[] Meshes = ["auto", "istio", "linkerd", "kuma", "consul", "none"];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sources = new ManifestSources();
        var mesh = Word("--mesh", "The mesh of the pods: auto goes by the manifests' own signs; without any the rules about meshes are silent.", Meshes);
        var path = new Option<string?>("--path")
        {
            Description = "Where the pod template lies in a kind that is not one of Kubernetes: 'spec.template'.",
            HelpName = "PATH",
        };
        var version = new Option<string?>("--kube-version") { Description = "The version of the cluster, as in 1.29. Default: a recent one.", HelpName = "VERSION" };
        version.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && KubernetesVersion.Parse(value) is null)
            {
                result.AddError($"--kube-version: '{value}' is no version of Kubernetes; write it as in '1.29'");
            }
        });
        var form = Word("--output", "text, for people, or json: an array with an object for each finding (docs/lint.md).", Forms, "-o");
        var threshold = Word("--fail-on", "End with exit code 1 where there is a finding of this severity or a higher one. Default: warning.", Severities, byDefault: "warning");
        var command = new Command("lint", "Say what is wrong with manifests and what will surprise, with the place and what to do.");
        sources.AddTo(command);
        foreach (var option in new Option[] { mesh, path, version, form, threshold })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, _) => Task.FromResult(Lint(
            sources.Read(parsed),
            new LintOptions
            {
                Mesh = Enum.Parse<InjectedMesh>(parsed.GetValue(mesh)!, ignoreCase: true),
                Kubernetes = parsed.GetValue(version) is { } text ? KubernetesVersion.Parse(text) : null,
                TemplatePath = parsed.GetValue(path)?.Trim('.'),
            },
            isJson: parsed.GetValue(form) == "json",
            parsed.GetValue(threshold)!)));
        return command;
    }

    private static Option<string> Word(string name, string description, string[] words, string? alias = null, string? byDefault = null)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => byDefault ?? words[0],
        };
        if (alias is not null)
        {
            option.Aliases.Add(alias);
        }

        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && ValueRule.OneOf(value, [.. words.Select(word => (word, word))]).Wrong is { } wrong)
            {
                result.AddError($"{result.IdentifierToken?.Value ?? name}: '{value}' {wrong}");
            }
        });
        return option;
    }

    private static int Lint((IReadOnlyList<ManifestSource> Sources, IReadOnlyList<string> Mistakes) given, LintOptions options, bool isJson, string threshold)
    {
        var documents = new List<LintedDocument>();
        var mistakes = given.Mistakes.Select(mistake => $"probe-agent: {mistake}").ToList();
        foreach (var source in given.Sources)
        {
            var (file, mistake) = ManifestFile.Read(source.Text);
            if (file is null)
            {
                mistakes.Add($"{source.Name}:{mistake!.At.Line}:{mistake.At.Column}: {mistake.Message}");
            }
            else
            {
                documents.AddRange(file.Documents.Select((document, index) => new LintedDocument(source.Name, index, document)));
            }
        }

        // Half of a deployment would be judged wrongly: a ConfigMap or a PeerAuthentication may be what is missing.
        if (mistakes.Count > 0)
        {
            foreach (var line in mistakes)
            {
                Terminal.WriteErrorLine(line);
            }

            return ExitCode.WrongUse;
        }

        var report = new LintReport(documents, new Linter(options).Lint([.. documents.Select(document => document.Document.Value)]));
        var hasPods = documents.Exists(document => PodTemplates.Of(document.Document.Value, options.TemplatePath).Any());
        if (!Terminal.Write(isJson ? report.ToJson() : report.ToText()))
        {
            return Complaint.About("the findings could not be written to standard output: it is closed, or full");
        }

        if (!hasPods)
        {
            Complaint.About("there is no pod in what was given; --path names where the pod template of another kind lies");
        }

        return report.Reaches(threshold) ? ExitCode.No : ExitCode.Ok;
    }
}
