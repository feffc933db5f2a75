using System.Globalization;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests;

/// <summary>
/// A pod and its node: two network namespaces joined by a cable, in the pod the mesh's capture rules and sidecar. All
/// pods have the same addresses, because no two of them see each other.
/// </summary>
internal sealed class Pod : IAsyncDisposable
{
    public const string Address = "10.66.1.20";
    public const string IPv6Address = "fd66:1::20";

    /// <summary>The user of the agent's image.</summary>
    private const int AgentUser = 65532;

    private readonly PodLab lab;
    private PodProcess? sidecar;

    private Pod(PodLab lab)
    {
        this.lab = lab;
        Kubelet = new Kubelet(Node);
        Peer = new MeshPeer(Node, lab.Certificates);
    }

    public NetworkNamespace Network { get; } = new("pod");

    /// <summary>Where the kubelet and Prometheus are.</summary>
    public NetworkNamespace Node { get; } = new("node");

    public Kubelet Kubelet { get; }

    /// <summary>
    /// Another service of the mesh; it runs on the node, so that its connections are captured like any other's.
    /// </summary>
    public MeshPeer Peer { get; }

    /// <summary>Makes the pod, with a sidecar unless the mode is that there is none.</summary>
    public static async Task<Pod> StartAsync(PodLab lab, MeshMode mode, IReadOnlyList<int> excludedInboundPorts)
    {
        var pod = new Pod(lab);
        try
        {
            pod.Connect();
            if (mode != MeshMode.NoSidecar)
            {
                pod.Capture(excludedInboundPorts);
                pod.sidecar = await Sidecar.StartAsync(
                    pod.Network, mode, lab.Certificates, lab.File($"{pod.Network.Name}.haproxy.cfg"));
            }

            return pod;
        }
        catch
        {
            await pod.DisposeAsync();
            throw;
        }
    }

    /// <summary>Loads the capture rules, in place of those that are there.</summary>
    public void Capture(IReadOnlyList<int> excludedInboundPorts)
    {
        Restore("iptables-restore", CaptureRules.ForIPv4(excludedInboundPorts));
        Restore("ip6tables-restore", CaptureRules.ForIPv6(excludedInboundPorts));
    }

    public Task<PodProcess> StartAppAsync(AppCondition condition) =>
        ServiceGo.StartAsync(Network, lab.ServiceGoBinary, condition);

    /// <summary>Starts the app well, on that port and no other.</summary>
    public Task<PodProcess> StartAppOnAsync(int port) => ServiceGo.StartOnAsync(Network, lab.ServiceGoBinary, port);

    /// <summary>Returns as soon as somebody in the pod has a connection to that port of it.</summary>
    public async Task WaitForConnectionAsync(int port)
    {
        using var deadline = new CancellationTokenSource(PodProcess.Patience);
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        // The remote side of an established connection (proc(5)).
        var row = string.Create(CultureInfo.InvariantCulture, $":{port:X4} 01 ");
        while (!Command.Run("ip", "netns", "exec", Network.Name, "cat", "/proc/net/tcp", "/proc/net/tcp6").Contains(row, StringComparison.Ordinal))
        {
            await glances.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>What <c>kubectl exec … probe-agent status</c> prints, its lines joined, and its exit code.</summary>
    public (int ExitCode, string Text) Status()
    {
        var ended = Command.TryRun(PodProcess.Describe(Network, AgentUser, lab.AgentBinary, "status"));
        return (ended.ExitCode, string.Join(' ', (ended.Output + ended.Error).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>Starts the agent as its image does, with the target and what else is given.</summary>
    public Task<PodProcess> StartAgentAsync(string target, params (string Name, string Value)[] environment) =>
        StartAgentAsync([("PROBEAGENT_TARGET", target), .. environment]);

    /// <summary>Starts the agent as its image does, with the document.</summary>
    public Task<PodProcess> StartAgentWithDocumentAsync(string yaml) => StartAgentAsync([("PROBEAGENT_CONFIG_YAML", yaml)]);

    /// <summary>Starts the agent with the variables that a manifest gives it.</summary>
    public Task<PodProcess> StartAgentWithVariablesAsync(IReadOnlyDictionary<string, string> variables) =>
        StartAgentAsync([.. variables.Select(variable => (variable.Key, variable.Value))]);

    /// <summary>Starts the agent as another user than its image's.</summary>
    public Task<PodProcess> StartAgentAsync(string target, int user) => StartAgentAsync([("PROBEAGENT_TARGET", target)], user);

    /// <summary>Runs a command of the agent in the pod to its end, beside the one that serves.</summary>
    public Command.Result RunAgent(string yaml, string command)
    {
        var start = PodProcess.Describe(Network, AgentUser, lab.AgentBinary, command);
        if (yaml.Length > 0)
        {
            start.Environment["PROBEAGENT_CONFIG_YAML"] = yaml;
        }

        return Command.TryRun(start);
    }

    /// <summary>Starts the kubelet's own clients, in Go, on the node.</summary>
    public Task<KubeletProber> StartKubeletProberAsync() =>
        KubeletProber.StartAsync("ip", "netns", "exec", Node.Name, lab.KubeletProberBinary);

    public async ValueTask DisposeAsync()
    {
        if (sidecar is not null)
        {
            await sidecar.DisposeAsync();
        }

        Network.Dispose();
        Node.Dispose();
    }

    private Task<PodProcess> StartAgentAsync((string Name, string Value)[] environment, int user = AgentUser)
    {
        var start = PodProcess.Describe(Network, user, lab.AgentBinary);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return PodProcess.StartAsync(start, "listening on");
    }

    private void Connect()
    {
        Command.Run(
            "ip", "link", "add", "eth0", "netns", Network.Name, "type", "veth", "peer", "name", "pod", "netns", Node.Name);
        Network.Ip("address", "add", $"{Address}/24", "dev", "eth0");
        Network.Ip("address", "add", $"{IPv6Address}/64", "dev", "eth0", "nodad");
        Network.Ip("link", "set", "eth0", "up");
        Node.Ip("address", "add", "10.66.1.1/24", "dev", "pod");
        Node.Ip("address", "add", "fd66:1::1/64", "dev", "pod", "nodad");
        Node.Ip("link", "set", "pod", "up");

        // As containerd sets it: port 80 needs no capability in a pod.
        Network.Sysctl("net.ipv4.ip_unprivileged_port_start=0");
    }

    private void Restore(string program, string rules)
    {
        var file = lab.File(string.Create(CultureInfo.InvariantCulture, $"{Network.Name}.{program}"));
        File.WriteAllText(file, rules);
        Command.Run("ip", "netns", "exec", Network.Name, program, file);
    }
}
