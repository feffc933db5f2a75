using System.CommandLine;
using ProbeAgent.Injection;

namespace ProbeAgent.Cli;

/// <summary><c>inject</c>: moves the probes of manifests to an agent that it puts beside them.</summary>
internal static class InjectCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sources = new ManifestSources();
        var arguments = new InjectionArguments(
            ("none", PrometheusDiscovery.None), ("annotations", PrometheusDiscovery.Annotations), ("pod-monitor", PrometheusDiscovery.PodMonitor));
        var path = new Option<string?>("--path") { Description = "Where the pod template of a kind lies that is not one of Kubernetes' own, such as spec.template.", HelpName = "PATH" };
        var inPlace = new Option<bool>("--in-place") { Description = "Write the files themselves, each as a whole, instead of standard output." };
        var diff = new Option<bool>("--diff") { Description = "Print a unified diff, for patch(1), instead of the manifests." };
        var output = new Option<string?>("--output", "-o") { Description = "yaml: the manifests, as they were written; patch: a JSON Patch of the one that changes. Default: yaml.", HelpName = "yaml|patch" };
        var command = new Command("inject", "Move the probes of manifests to an agent beside the app; all else of the files stays as it is.");
        sources.AddTo(command);
        arguments.AddTo(command);
        foreach (var option in new Option[] { path, inPlace, diff, output })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, _) =>
        {
            var form = Form(parsed.GetValue(inPlace), parsed.GetValue(diff), parsed.GetValue(output));
            if (form is null)
            {
                return Task.FromResult(Complaint.About("--in-place, --diff and -o patch exclude each other; -o is yaml or patch"));
            }

            var (texts, mistakes) = sources.Read(parsed);
            if (mistakes.Count > 0)
            {
                return Task.FromResult(Complaint.About(mistakes));
            }

            var injection = new FileInjection(others => WithPath(arguments.Read(parsed, others), parsed.GetValue(path) ?? others?.GetValueOrDefault("path")));
            return Task.FromResult(injection.Run(texts) is { } code ? code : new InjectionOutput(form.Value).Write(injection.Files));
        });
        return command;
    }

    private static (InjectionOptions? Options, IReadOnlyList<string> Mistakes) WithPath((InjectionOptions? Options, IReadOnlyList<string> Mistakes) read, string? path) =>
        read.Options is null ? read : (read.Options with { TemplatePath = path?.Trim('.') }, read.Mistakes);

    private static InjectionForm? Form(bool inPlace, bool diff, string? output) => (inPlace, diff, output) switch
    {
        (false, false, null or "yaml") => InjectionForm.Manifests,
        (false, false, "patch") => InjectionForm.Patch,
        (true, false, null or "yaml") => InjectionForm.InPlace,
        (false, true, null or "yaml") => InjectionForm.Diff,
        _ => null,
    };
}
