namespace ProbeAgent.PodTests;

/// <summary>
/// The two examples whose probes lie, made honest by <c>inject</c>: the agent runs by the injected manifest's own variables and ports, and is asked by its probes.
/// </summary>
public sealed class InjectedManifestTests(PodLab lab)
{
    /// <summary>A cell is what the probe saw; (lie) stands where the verdict is not the truth, which for TCP is whether anybody listens.</summary>
    private const string Expected = """
        sidecar    | app        | http, as it is | http, injected         | tcp, as it is | tcp, injected
        -----------|------------|----------------|------------------------|---------------|-----------------------
        MtlsOff    | Healthy    | 200            | 200                    | open          | 200
        MtlsOff    | Answers500 | 500            | 500 bad_status         | open          | 200
        MtlsOff    | Killed     | EOF            | 502 connection_refused | open (lie)    | 502 connection_refused
        MtlsOff    | Frozen     | timeout        | 504 response_timeout   | open          | 200
        Permissive | Healthy    | 200            | 200                    | open          | 200
        Permissive | Answers500 | 500            | 500 bad_status         | open          | 200
        Permissive | Killed     | EOF            | 502 connection_refused | open (lie)    | 502 connection_refused
        Permissive | Frozen     | timeout        | 504 response_timeout   | open          | 200
        Strict     | Healthy    | reset (lie)    | 200                    | open          | 200
        Strict     | Answers500 | reset          | 500 bad_status         | open          | 200
        Strict     | Killed     | reset          | 502 connection_refused | open (lie)    | 502 connection_refused
        Strict     | Frozen     | reset          | 504 response_timeout   | open          | 200
        """;

    private const string Http = "deploy/examples/service-go-liveness-http.yaml";
    private const string Tcp = "deploy/examples/service-go-liveness-tcp.yaml";

    public static TheoryData<MeshMode, AppCondition> Rows { get; } = new(Expected.Split('\n').Skip(2).Select(line =>
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries);
        return (Enum.Parse<MeshMode>(cells[0]), Enum.Parse<AppCondition>(cells[1]));
    }));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Every_probe_sees_what_is_written_down(MeshMode sidecar, AppCondition app)
    {
        var (http, httpInjected) = await ProbeAsync(Http, sidecar, app);
        var (tcp, tcpInjected) = await ProbeAsync(Tcp, sidecar, app);

        var (isWell, isListening) = (app == AppCondition.Healthy, app != AppCondition.Killed);
        string[] cells = [$"{sidecar}", $"{app}", Cell(http, isWell), Cell(httpInjected, isWell), Cell(tcp, isListening), Cell(tcpInjected, isListening)];
        var expected = Expected.Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries));
        Assert.Equal(expected.Single(row => row[0] == cells[0] && row[1] == cells[1]), cells);
    }

    private async Task<(ProbeResult AsItIs, ProbeResult Injected)> ProbeAsync(string path, MeshMode sidecar, AppCondition condition)
    {
        var injected = ProbedManifest.Inject(lab.AgentBinary, path);
        await using var pod = await lab.StartPodAsync(sidecar, injected.ExcludedInboundPorts);
        await using var app = await pod.StartAppAsync(condition);
        await using var agent = await pod.StartAgentWithVariablesAsync(injected.AgentVariables);
        Assert.Equal("200", (await injected.ProbeAgentAsync(pod.Kubelet)).Saw);
        return (await ProbedManifest.Read(path).ProbeAsync(pod.Kubelet), await injected.ProbeAsync(pod.Kubelet));
    }

    private static string Cell(ProbeResult result, bool truth) => result.Succeeded == truth ? result.Saw : $"{result.Saw} (lie)";
}
