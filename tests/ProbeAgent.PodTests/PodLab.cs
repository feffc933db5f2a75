using System.Runtime.Versioning;
using ProbeAgent.Lab;
using ProbeAgent.PodTests;

[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(PodLab))]

// Two cores have enough to do with one pod; a starved kubelet would be a finding about the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ProbeAgent.PodTests;

/// <summary>
/// What all pods are made of: the agent, the app and the certificates, where users other than root can read them.
/// </summary>
public sealed class PodLab : IDisposable
{
    private const UnixFileMode ForAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("probeagent-pods-");
    private readonly Lazy<MeshCertificates> certificates;
    private readonly Lazy<string> serviceGo;
    private readonly Lazy<string> kubeletProber;
    private readonly Lazy<string> agent;
    private bool swept;

    public PodLab()
    {
        folder.UnixFileMode = ForAll;
        certificates = new(() => MeshCertificates.Create(folder.FullName));
        serviceGo = new(() => Built("service-go", binary => GoProgram.Build("tests/service-go", binary)));
        kubeletProber = new(() => Built("kubelet-prober", KubeletProber.Build));
        agent = new(CopyAgent);
    }

    internal MeshCertificates Certificates => certificates.Value;

    internal string ServiceGoBinary => serviceGo.Value;

    internal string KubeletProberBinary => kubeletProber.Value;

    internal string AgentBinary => agent.Value;

    public void Dispose()
    {
        if (certificates.IsValueCreated)
        {
            certificates.Value.Dispose();
        }

        folder.Delete(recursive: true);
    }

    /// <summary>
    /// A pod whose capture leaves out the given ports; skips the calling test where this machine cannot have pods.
    /// </summary>
    internal Task<Pod> StartPodAsync(MeshMode mode, params int[] excludedInboundPorts)
    {
        Needs.Root();
        Needs.Programs("ip", "setpriv", "sysctl", "iptables-restore", "ip6tables-restore", "haproxy", "curl", "go");
        if (!swept)
        {
            NetworkNamespace.SweepLeftovers();
            swept = true;
        }

        return Pod.StartAsync(this, mode, excludedInboundPorts);
    }

    /// <summary>Where a file of this run goes.</summary>
    internal string File(string name) => Path.Combine(folder.FullName, name);

    /// <summary>A new folder of this run, into which any user may write.</summary>
    internal string FolderForAll(string name)
    {
        var made = folder.CreateSubdirectory(name);
        made.UnixFileMode = ForAll | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        return made.FullName;
    }

    private string Built(string name, Action<string> build)
    {
        build(File(name));
        return File(name);
    }

    // The whole folder: a build for the JIT is more than one file.
    private string CopyAgent()
    {
        Assert.True(
            System.IO.File.Exists(Checkout.AgentBinary),
            $"{Checkout.AgentBinary} is not there: publish the agent, or name it in PROBE_AGENT_BINARY.");
        var source = Path.GetDirectoryName(Checkout.AgentBinary)!;
        var target = Directory.CreateDirectory(File("agent"), ForAll);
        foreach (var file in Directory.GetFiles(source))
        {
            System.IO.File.Copy(file, Path.Combine(target.FullName, Path.GetFileName(file)));
        }

        return Path.Combine(target.FullName, Path.GetFileName(Checkout.AgentBinary));
    }
}
