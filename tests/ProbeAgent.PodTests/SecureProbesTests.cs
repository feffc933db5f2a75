using ProbeAgent.Lab;

namespace ProbeAgent.PodTests;

/// <summary>
/// HTTPS and gRPC on real parts: what the kubelet's own clients make of an app that speaks them, directly and through the
/// agent.
/// </summary>
public sealed class SecureProbesTests(PodLab lab)
{
    private const int AgentPort = 15081;

    /// <summary>
    /// A cell is the kubelet's verdict and, through the agent, what it was told. (lie) stands where the verdict is not the
    /// truth: whether the app is well.
    /// </summary>
    private const string Expected = """
        sidecar    | app        | httpGet, HTTPS | grpc          | agent, HTTPS check             | agent, gRPC check
        -----------|------------|----------------|---------------|--------------------------------|-------------------------------
        NoSidecar  | Healthy    | success        | success       | success 200                    | success 200
        NoSidecar  | Answers500 | failure        | failure       | failure 500                    | failure 502
        NoSidecar  | Killed     | failure        | failure       | failure 502                    | failure 502
        NoSidecar  | Frozen     | failure        | failure       | failure 504                    | failure 504
        Permissive | Healthy    | success        | success       | success 200                    | success 200
        Permissive | Killed     | failure        | failure       | failure 502                    | failure 502
        Strict     | Healthy    | failure (lie)  | failure (lie) | success 200                    | success 200
        Strict     | Answers500 | failure        | failure       | failure 500                    | failure 502
        Strict     | Killed     | failure        | failure       | failure 502                    | failure 502
        Strict     | Frozen     | failure        | failure       | failure 504                    | failure 504
        """;

    private static readonly string Document = $$"""
        checks:
        - name: https
          container: app
          maxAgeSeconds: 0
          httpGet: {scheme: HTTPS, port: {{ServiceGo.HttpsPort}}, path: /status}
        - name: grpc
          container: app
          maxAgeSeconds: 0
          grpc: {port: {{ServiceGo.GrpcPort}}}
        """;

    public static TheoryData<MeshMode, AppCondition> Rows { get; } = new(Expected.Split('\n').Skip(2).Select(line =>
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries);
        return (Enum.Parse<MeshMode>(cells[0]), Enum.Parse<AppCondition>(cells[1]));
    }));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Every_probe_sees_what_is_written_down(MeshMode sidecar, AppCondition condition)
    {
        GoProgram.NeedsGrpc();
        await using var pod = await lab.StartPodAsync(sidecar, AgentPort);
        await using var app = await pod.StartAppAsync(condition);
        await using var agent = await pod.StartAgentWithDocumentAsync(Document);
        await using var kubelet = await pod.StartKubeletProberAsync();

        // Side by side: most of the time it is the limits that are waited for.
        var directHttps = kubelet.HttpGetAsync(Pod.Address, ServiceGo.HttpsPort, "/status", "https");
        var directGrpc = kubelet.GrpcAsync(Pod.Address, ServiceGo.GrpcPort, service: "");
        var agentHttps = kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez/https");
        var agentGrpc = kubelet.HttpGetAsync(Pod.Address, AgentPort, "/livez/grpc");
        await Task.WhenAll(directHttps, directGrpc, agentHttps, agentGrpc);

        var truth = condition is AppCondition.Healthy ? "success" : "failure";
        var row = $"{sidecar,-10} | {condition,-10} | {Direct(await directHttps, truth),-14} | "
            + $"{Direct(await directGrpc, truth),-13} | {Told(await agentHttps, truth),-30} | {Told(await agentGrpc, truth)}";
        Assert.Equal(Expected.Split('\n').Single(line => line.StartsWith($"{sidecar,-10} | {condition,-10} |", StringComparison.Ordinal)), row);
    }

    private static string Direct(KubeletVerdict verdict, string truth) =>
        verdict.Result == truth ? verdict.Result : $"{verdict.Result} (lie)";

    // The kubelet's words for it: statuscode: 502
    private static string Told(KubeletVerdict verdict, string truth) =>
        $"{verdict.Result} {verdict.Output.Split(' ')[^1]}{(verdict.Result == truth ? "" : " (lie)")}";
}
