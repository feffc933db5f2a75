using System.Text.Json.Nodes;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>The ways to run it that other tools have: a plugin of kubectl, a function of Kustomize, a post-renderer of Helm.</summary>
public sealed class ExampleTests : IDisposable
{
    private const string Examples = "deploy/examples/inject";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Under_the_name_of_a_plugin_kubectl_finds_it()
    {
        Needs.Programs("kubectl");

        var run = WithBinaryAs("kubectl-probe_agent", "kubectl", "probe-agent", "version");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.NotEqual("", run.Output);
        Assert.Equal(Command.Run(Checkout.AgentBinary, "version"), run.Output);
    }

    [Fact]
    public void Kustomize_in_kubectl_runs_it_as_a_plugin()
    {
        Needs.Programs("kubectl");
        folder.Write("app/service-go.yaml", Manifests.Read($"{Examples}/kustomize/service-go.yaml"));
        folder.Write("app/kustomization.yaml", Manifests.Read($"{Examples}/kustomize/kustomization.yaml"));
        folder.Write("app/probe-agent.yaml", "apiVersion: probe-agent.example.com/v1\nkind: Inject\nmetadata:\n  name: probe-agent\n");
        Directory.CreateDirectory(folder.InIt("plugins/probe-agent.example.com/v1/inject"));
        File.Copy(Checkout.InRoot($"{Examples}/kustomize/inject.sh"), folder.InIt("plugins/probe-agent.example.com/v1/inject/Inject"));

        var run = WithBinaryAs("probe-agent", "kubectl", "kustomize", "--enable-alpha-plugins", folder.InIt("app"));

        Assert.True(run.ExitCode == 0, run.Error);
        AssertInjected(run.Output);
    }

    [Fact]
    public void Helm_pipes_through_it_as_a_post_renderer()
    {
        Needs.Programs("sh");

        // As Helm does it: what it has rendered goes in, what it is to install comes out.
        var rendered = Checkout.InRoot("deploy/examples/service-go-liveness-http.yaml");
        var run = WithBinaryAs("probe-agent", "sh", "-c", $"'{Checkout.InRoot($"{Examples}/helm-post-renderer.sh")}' < '{rendered}'");

        Assert.True(run.ExitCode == 0, run.Error);
        AssertInjected(run.Output);
    }

    [Fact]
    public void What_the_page_shows_of_a_ResourceList_gives_it_the_options()
    {
        var shown = Assert.Single(Page.At("docs/inject.md").In("yaml"), block => Manifests.HasKey(block.Text, "functionConfig"));
        var list = YamlValue.Documents($"apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n{shown.Text}").Single();
        list["items"] = new JsonArray([.. YamlValue.Documents(Manifests.Read("deploy/examples/service-go-liveness-http.yaml"))]);

        var run = InjectRun.InjectInput(list.ToJsonString());

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("ResourceList", $"{YamlValue.Documents(run.Text).Single()["kind"]}");
        AssertInjected(string.Join("\n---\n", YamlValue.Documents(run.Text).Single()["items"]!.AsArray().Select(item => item!.ToJsonString())));
    }

    private static void AssertInjected(string text)
    {
        var before = YamlValue.Documents(Manifests.Read("deploy/examples/service-go-liveness-http.yaml"));
        var pods = YamlValue.Documents(text).SelectMany(PodTemplates.In).Select(pod => new InjectedPod(before.SelectMany(PodTemplates.In).Single(), pod)).ToList();
        var pod = Assert.Single(pods);
        Assert.True(pod.HasAgent, text);
        Assert.Empty(pod.Faults());
    }

    private Command.Result WithBinaryAs(string name, string program, params string[] arguments)
    {
        File.CreateSymbolicLink(folder.InIt(name), Path.GetFullPath(Checkout.AgentBinary));
        var start = Command.Describe(program, arguments);
        start.Environment["KUSTOMIZE_PLUGIN_HOME"] = folder.InIt("plugins");
        start.Environment["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        return Command.TryRun(start);
    }
}
