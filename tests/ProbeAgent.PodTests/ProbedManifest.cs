using System.Globalization;
using ProbeAgent.Lab;
using YamlDotNet.RepresentationModel;

namespace ProbeAgent.PodTests;

/// <summary>The part of a Deployment that the lab's pod runs: the agent's variables, the ports that are not captured, and the app's liveness probe.</summary>
internal sealed class ProbedManifest
{
    private readonly YamlMappingNode template;

    private ProbedManifest(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        template = (YamlMappingNode)stream.Documents.Select(document => document.RootNode).Single(root => $"{root["kind"]}" == "Deployment")["spec"]["template"];
    }

    /// <summary>The ports that Istio's annotation keeps out of the capture.</summary>
    public int[] ExcludedInboundPorts =>
        [.. $"{template["metadata"]["annotations"]["traffic.sidecar.istio.io/excludeInboundPorts"]}".Split(',').Select(port => int.Parse(port, CultureInfo.InvariantCulture))];

    /// <summary>The agent's variables, as the kubelet hands them on.</summary>
    public IReadOnlyDictionary<string, string> AgentVariables
    {
        get
        {
            var variables = new Dictionary<string, string>();
            foreach (var variable in (YamlSequenceNode)Container("initContainers", "probe-agent")["env"])
            {
                variables[$"{variable["name"]}"] = KubeletExpansion.Of($"{variable["value"]}", variables);
            }

            return variables;
        }
    }

    /// <summary>The manifest as it is.</summary>
    public static ProbedManifest Read(string path) => new(File.ReadAllText(Checkout.InRoot(path)));

    /// <summary>The manifest as <c>inject</c> makes it.</summary>
    public static ProbedManifest Inject(string binary, string path) =>
        new(Command.Run(binary, "inject", "-f", Checkout.InRoot(path), "--mesh", "istio", "--image", "ghcr.io/probe-agent/probe-agent:0.1.0"));

    /// <summary>Probes the app as the kubelet does by this manifest.</summary>
    public Task<ProbeResult> ProbeAsync(Kubelet kubelet) => ProbeAsync(kubelet, Container("containers", "app")["livenessProbe"]);

    /// <summary>Probes the agent itself: the kubelet does so first, and starts no other container before it is answered.</summary>
    public Task<ProbeResult> ProbeAgentAsync(Kubelet kubelet) => ProbeAsync(kubelet, Container("initContainers", "probe-agent")["startupProbe"]);

    private static Task<ProbeResult> ProbeAsync(Kubelet kubelet, YamlNode node)
    {
        var probe = (YamlMappingNode)node;
        var timeout = TimeSpan.FromSeconds(probe.Children.TryGetValue("timeoutSeconds", out var seconds) ? int.Parse($"{seconds}", CultureInfo.InvariantCulture) : 1);
        return probe.Children.ContainsKey("httpGet")
            ? kubelet.HttpGetAsync(Pod.Address, Port(probe["httpGet"]), $"{probe["httpGet"]["path"]}", timeout)
            : kubelet.TcpSocketAsync(Pod.Address, Port(probe["tcpSocket"]), timeout);
    }

    private static int Port(YamlNode ask) => int.Parse($"{ask["port"]}", CultureInfo.InvariantCulture);

    private YamlNode Container(string list, string name) => ((YamlSequenceNode)template["spec"][list]).Single(container => $"{container["name"]}" == name);
}
