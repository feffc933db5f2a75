using System.Text;
using System.Text.Json;
using ProbeAgent.Injection;
using ProbeAgent.Manifests;

namespace ProbeAgent.Cli;

/// <summary>Gives what an injection has made, in the form that is wanted.</summary>
internal sealed class InjectionOutput(InjectionForm form)
{
    /// <summary>Writes it; returns the exit code.</summary>
    public int Write(IReadOnlyList<InjectedFile> files) => form switch
    {
        InjectionForm.InPlace => WriteInPlace(files),
        InjectionForm.Diff => Print(string.Concat(files.Where(file => file.IsChanged).Select(file => UnifiedDiff.Of(file.Source.Text, file.Text, file.Source.Name)))),
        InjectionForm.Patch => PrintPatch([.. files.SelectMany(file => file.Patches)]),
        _ => Print(Joined(files)),
    };

    private static int WriteInPlace(IReadOnlyList<InjectedFile> files)
    {
        if (files.Any(file => file.Source.IsStandardInput))
        {
            return Complaint.About("standard input cannot be written in place; leave --in-place out, or name a file");
        }

        var code = ExitCode.Ok;
        foreach (var file in files.Where(file => file.IsChanged))
        {
            if (FileReplacement.Write(file.Source.Name, Encoding.UTF8.GetBytes((file.Source.HasMark ? "\uFEFF" : "") + file.Text)) is { } problem)
            {
                code = Complaint.About(problem);
            }
            else
            {
                Terminal.WriteErrorLine($"{file.Source.Name}: injected");
            }
        }

        return code;
    }

    private static int PrintPatch(IReadOnlyList<JsonPatch> patches)
    {
        if (patches.Count > 1)
        {
            return Complaint.About($"-o patch is for one manifest, and {patches.Count} change; give them one at a time");
        }

        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            (patches.Count == 1 ? patches[0] : new JsonPatch()).ToJson().WriteTo(writer);
        }

        return Print(Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }

    // Files that do not end or begin a document of their own are kept apart.
    private static string Joined(IReadOnlyList<InjectedFile> files)
    {
        var all = new StringBuilder();
        foreach (var file in files)
        {
            if (all.Length > 0)
            {
                all.Append(all[^1] == '\n' ? "" : "\n").Append(file.Text.StartsWith("---", StringComparison.Ordinal) ? "" : "---\n");
            }

            all.Append(file.Text);
        }

        return all.ToString();
    }

    private static int Print(string text) => Terminal.Write(text)
        ? ExitCode.Ok
        : Complaint.About("the result could not be written to standard output: it is closed, or full");
}
