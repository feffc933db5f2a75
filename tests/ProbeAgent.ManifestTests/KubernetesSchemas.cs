using System.Diagnostics;
using System.Text.Json.Nodes;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests;

/// <summary>Kubernetes' own schemas, compiled, for required fields, types and words; unknown fields are the strict reader's to find.</summary>
internal static class KubernetesSchemas
{
    private const string Folder = "artifacts/kubernetes-models";

    private static readonly Lock Copying = new();

    /// <summary>What they have against resources, one line each, and a last line of how many were judged.</summary>
    public static string[] Judge(IReadOnlyList<(string Source, JsonObject Resource)> resources)
    {
        Needs.Programs("node");
        var models = Checkout.InRoot($"{Folder}/node_modules/kubernetes-models");
        Assert.SkipUnless(Directory.Exists(models), $"needs kubernetes-models of npm, which tests/run puts into {Folder}");
        lock (Copying)
        {
            File.Copy(Checkout.InRoot("tests/ProbeAgent.ManifestTests/schemas/judge.js"), Checkout.InRoot($"{Folder}/judge.js"), overwrite: true);
        }

        var input = new JsonArray([.. resources.Select(one => new JsonObject { ["source"] = one.Source, ["resource"] = one.Resource.DeepClone() })]);

        var start = Command.Describe("node", [Checkout.InRoot($"{Folder}/judge.js")]);
        start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input.ToJsonString());
        process.StandardInput.Close();
        process.WaitForExit();
        return output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
