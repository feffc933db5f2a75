namespace ProbeAgent.PodTests;

/// <summary>
/// Measures the table once for all tests about it: for each mode a pod, in it for each condition a fresh app with two
/// fresh agents beside it, which have known the app in no other condition.
/// </summary>
public sealed class ProbedTable(PodLab lab)
{
    private const int HttpAgentPort = 15081;
    private const int TcpAgentPort = 15083;

    private Task<IReadOnlyList<ProbedRow>>? measured;

    /// <summary>
    /// All lines, in the order of the table. The first caller waits for the measurement, and prints it.
    /// </summary>
    internal Task<IReadOnlyList<ProbedRow>> RowsAsync() => measured ??= MeasureAsync();

    /// <summary>The line of this sidecar and app.</summary>
    internal async Task<ProbedRow> RowAsync(MeshMode sidecar, AppCondition app) =>
        (await RowsAsync()).Single(row => row.Sidecar == sidecar && row.App == app);

    private async Task<IReadOnlyList<ProbedRow>> MeasureAsync()
    {
        var rows = new List<ProbedRow>();
        foreach (var sidecar in Enum.GetValues<MeshMode>())
        {
            await using var pod = await lab.StartPodAsync(sidecar, HttpAgentPort, TcpAgentPort);
            foreach (var app in Enum.GetValues<AppCondition>())
            {
                rows.Add(await MeasureAsync(pod, sidecar, app));
            }
        }

        Console.WriteLine(string.Join('\n', [TruthTable.Head, .. rows.Select(row => row.ToString()), ""]));
        return rows;
    }

    // One probe after the other: the answer of each is then its own, also on a machine with little to spare.
    private static async Task<ProbedRow> MeasureAsync(Pod pod, MeshMode sidecar, AppCondition condition)
    {
        await using var app = await pod.StartAppAsync(condition);
        await using var httpAgent = await pod.StartAgentAsync($":{ServiceGo.Port}/status");
        await using var tcpAgent = await pod.StartAgentAsync(
            $"tcp://:{ServiceGo.Port}",
            ("PROBEAGENT_LISTEN", $":{TcpAgentPort}"),
            ("PROBEAGENT_ADMIN", "127.0.0.1:15084"));
        return new ProbedRow(
            sidecar,
            condition,
            Exec: Kubelet.Exec(pod.Network, ServiceGo.ExecProbe(condition)),
            HttpGet: await pod.Kubelet.HttpGetAsync(Pod.Address, ServiceGo.Port, "/status"),
            TcpSocket: await pod.Kubelet.TcpSocketAsync(Pod.Address, ServiceGo.Port),
            AgentHttp: await pod.Kubelet.HttpGetAsync(Pod.Address, HttpAgentPort, "/livez"),
            AgentTcp: await pod.Kubelet.HttpGetAsync(Pod.Address, TcpAgentPort, "/livez"));
    }
}
