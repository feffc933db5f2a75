namespace ProbeAgent.PodTests;

/// <summary>One line of the table as it was measured.</summary>
internal sealed record ProbedRow(
    MeshMode Sidecar,
    AppCondition App,
    ProbeResult Exec,
    ProbeResult HttpGet,
    ProbeResult TcpSocket,
    ProbeResult AgentHttp,
    ProbeResult AgentTcp)
{
    private bool IsWell => App is AppCondition.Healthy or AppCondition.OnPodAddressOnly or AppCondition.ChoosyAboutHost;

    private bool IsListening => App is not AppCondition.Killed;

    /// <summary>What lies through the agent; empty where nothing does.</summary>
    public string LiesThroughTheAgent => string.Join(", ", new[]
    {
        AgentHttp.Succeeded == IsWell ? "" : $"HTTP check: {AgentHttp.Saw}",
        AgentTcp.Succeeded == IsListening ? "" : $"TCP check: {AgentTcp.Saw}",
    }.Where(lie => lie.Length > 0));

    /// <summary>The line in the form of <see cref="TruthTable.Expected"/>.</summary>
    public override string ToString() =>
        $"{Sidecar,-10} | {App,-16} | {Cell(Exec, IsWell),-7} | {Cell(HttpGet, IsWell),-11} | "
        + $"{Cell(TcpSocket, IsListening),-10} | {Cell(AgentHttp, IsWell),-22} | {Cell(AgentTcp, IsListening)}";

    private static string Cell(ProbeResult result, bool truth) =>
        result.Succeeded == truth ? result.Saw : $"{result.Saw} (lie)";
}
