namespace ProbeAgent.PodTests;

/// <summary>
/// The problem and its cure on real parts: what each kind of probe says of each app under each kind of sidecar.
/// </summary>
public sealed class TruthTableTests(ProbedTable table) : IClassFixture<ProbedTable>
{
    public static TheoryData<MeshMode, AppCondition> AllRows { get; } = new MatrixTheoryData<MeshMode, AppCondition>(
        Enum.GetValues<MeshMode>(), Enum.GetValues<AppCondition>());

    [Theory]
    [MemberData(nameof(AllRows))]
    public async Task Every_probe_sees_what_is_written_down(MeshMode sidecar, AppCondition app)
    {
        var row = await table.RowAsync(sidecar, app);

        Assert.Equal(TruthTable.ExpectedRow(sidecar, app), row.ToString());
    }

    [Fact]
    public async Task Through_the_agent_no_probe_lies()
    {
        var rows = await table.RowsAsync();

        Assert.All(rows, row => Assert.Equal("", row.LiesThroughTheAgent));
    }

    [Fact]
    public async Task Without_the_agent_HTTP_under_strict_mTLS_is_reset_or_the_lab_is_wrong()
    {
        var rows = await table.RowsAsync();

        Assert.All(
            rows.Where(row => row.Sidecar == MeshMode.Strict),
            row => Assert.True(
                row.HttpGet.Saw == "reset", $"The lab is wrong: its strict sidecar takes plaintext.\n{row}"));
    }

    [Fact]
    public async Task Without_the_agent_TCP_behind_any_sidecar_succeeds_or_the_lab_is_wrong()
    {
        var rows = await table.RowsAsync();

        Assert.All(
            rows.Where(row => row.Sidecar != MeshMode.NoSidecar),
            row => Assert.True(
                row.TcpSocket.Succeeded, $"The lab is wrong: its sidecar does not take every connection.\n{row}"));
    }
}
