using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using ProbeAgent.Lab;

namespace ProbeAgent.ImageTests;

/// <summary>
/// The bill of materials in the image: CycloneDX, of every package that is linked into the binary. C libraries inside the runtime's pack are
/// part of that component.
/// </summary>
public sealed class BillOfMaterialsTests(AgentImage image)
{
    // Where tests/run has npm put the schemas.
    private const string Schemas = "artifacts/kubernetes-models/node_modules/@cyclonedx/cyclonedx-library/res/schema";

    // Of the lock file's packages these leave nothing in the binary: two compilers, an analyzer, and one that the runtime has itself.
    private static readonly string[] NotLinked =
        ["Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.DotNet.ILCompiler", "Microsoft.Extensions.Hosting", "Microsoft.NET.ILLink.Tasks"];

    private static readonly string[] RuntimePacks = ["Microsoft.AspNetCore.App.Runtime", "Microsoft.NETCore.App.Runtime.NativeAOT"];

    // Another one wants a look before it ships.
    private static readonly string[] Licences = ["MIT", "BSD-3-Clause"];

    private static string Architecture => IsArm64 ? "arm64" : "amd64";

    private static bool IsArm64 => RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64;

    [Fact]
    public void It_lists_what_is_linked_and_nothing_else()
    {
        var locked = JsonNode.Parse(File.ReadAllText(Checkout.InRoot("src/ProbeAgent/packages.lock.json")))!["dependencies"]!["net10.0"]!.AsObject();
        var runtime = locked["Microsoft.DotNet.ILCompiler"]!["resolved"]!.GetValue<string>();
        var expected = locked
            .Where(package => !NotLinked.Contains(package.Key))
            .Select(package => $"pkg:nuget/{package.Key}@{package.Value!["resolved"]!.GetValue<string>()}")
            .Concat(RuntimePacks.Select(pack => $"pkg:nuget/{pack}.linux-{(IsArm64 ? "arm64" : "x64")}@{runtime}"));

        Assert.Equal(expected.Order(StringComparer.Ordinal), Components().Select(component => Text(component, "purl")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_of_its_entries_has_what_a_scanner_and_a_lawyer_need() => Assert.All(Components(), component =>
    {
        Assert.Equal($"pkg:nuget/{Text(component, "name")}@{Text(component, "version")}", Text(component, "purl"));
        Assert.Contains(component["licenses"]![0]!["license"]!["id"]!.GetValue<string>(), Licences);
        Assert.Matches("^[0-9a-f]{128}$", component["hashes"]![0]!["content"]!.GetValue<string>());
        Assert.NotEqual("", component["authors"]![0]!["name"]!.GetValue<string>());
    });

    [Fact]
    public void It_is_of_this_version_and_every_reference_in_it_leads_somewhere()
    {
        var bill = Read();
        var agent = bill["metadata"]!["component"]!.AsObject();
        var known = Components().Select(component => Text(component, "bom-ref")).Append(Text(agent, "bom-ref")).ToList();
        var dependencies = bill["dependencies"]!.AsArray();

        Assert.Equal(("CycloneDX", "1.6"), (bill["bomFormat"]!.GetValue<string>(), bill["specVersion"]!.GetValue<string>()));
        Assert.Equal(AgentDockerfile.Default("VERSION"), Text(agent, "version"));
        Assert.Distinct(known);
        Assert.Equal(known.Order(StringComparer.Ordinal), dependencies.Select(entry => Text(entry!, "ref")).Order(StringComparer.Ordinal));
        Assert.All(dependencies.SelectMany(entry => entry!["dependsOn"]!.AsArray()), reference => Assert.Contains(reference!.GetValue<string>(), known));
    }

    [Fact]
    public void The_schema_of_CycloneDX_takes_it()
    {
        var schemas = Checkout.InRoot(Schemas);
        Assert.SkipUnless(Directory.Exists(schemas), $"needs npm's @cyclonedx/cyclonedx-library in {Schemas}");
        var python = Array.Find(["python3", "/usr/bin/python3"], python => Command.TryRun(python, "-c", "import jsonschema").ExitCode == 0);
        Assert.SkipWhen(python is null, "needs a python3 that has jsonschema (Debian's python3-jsonschema)");
        var start = Command.Describe(python!, ["-W", "ignore", Checkout.InRoot("tests/ProbeAgent.ImageTests/cyclonedx.py"), schemas]);
        start.RedirectStandardInput = true;

        using var judge = Process.Start(start)!;
        judge.StandardInput.Write(Read().ToJsonString());
        judge.StandardInput.Close();
        var said = judge.StandardOutput.ReadToEnd() + judge.StandardError.ReadToEnd();
        judge.WaitForExit();

        Assert.Equal((0, ""), (judge.ExitCode, said));
    }

    [Fact]
    public void Made_again_from_another_folder_it_is_the_same()
    {
        Assert.SkipUnless(File.Exists(Checkout.InRoot("artifacts/obj/ProbeAgent/project.assets.json")), "needs a restore of src/ProbeAgent in this checkout");

        var again = Command.Run("python3", Checkout.InRoot("deploy/image/sbom"), Architecture, AgentDockerfile.Default("VERSION"));

        Assert.Equal(again, Content());
    }

    private string Content() => image.Look(root => File.ReadAllText(root + AgentImage.Bill));

    private JsonObject Read() => JsonNode.Parse(Content())!.AsObject();

    private List<JsonObject> Components() => [.. Read()["components"]!.AsArray().Select(component => component!.AsObject())];

    private static string Text(JsonNode node, string key) => node[key]!.GetValue<string>();
}
