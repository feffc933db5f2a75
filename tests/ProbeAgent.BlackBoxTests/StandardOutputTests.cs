using System.Diagnostics;
using System.Globalization;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>A log that cannot be written costs no answer, and the agent ends as ever.</summary>
public sealed class StandardOutputTests
{
    [Fact]
    public Task A_full_standard_output() => AssertServesAsync("exec \"$0\" > /dev/full 2>&1");

    [Fact]
    public Task A_closed_standard_output() => AssertServesAsync("exec \"$0\" >&- 2>&-");

    [Fact]
    public Task A_reader_of_the_log_that_stands_still() => AssertServesAsync("exec \"$0\"");

    /// <summary>Runs it by the shell, and never reads what it writes: a pipe is full after 64 KiB.</summary>
    private static async Task AssertServesAsync(string shell)
    {
        await using var app = FakeApp.Start(AppScripts.Well);
        var port = FreePort.Next();
        var start = Command.Describe("/bin/sh", ["-c", shell, Checkout.AgentBinary]);
        start.Environment.Clear();
        start.Environment["PROBEAGENT_TARGET"] = $":{app.Port}/status";
        start.Environment["PROBEAGENT_MAX_AGE_SECONDS"] = "0";
        start.Environment["PROBEAGENT_LISTEN"] = $":{port}";
        start.Environment["PROBEAGENT_ADMIN"] = "off";
        start.Environment["PROBEAGENT_DRAIN_SECONDS"] = "0";
        start.Environment["PROBEAGENT_LOG_LEVEL"] = "debug";
        using var agent = Process.Start(start)!;
        try
        {
            await ListeningPort.OpensAsync(port);
            for (var probe = 0; probe < 300; probe++)
            {
                Assert.Equal(200, (await Probe.SendAsync(port, Probe.Request("GET", "/livez", port))).Code);
            }

            Command.Run("kill", "-TERM", agent.Id.ToString(CultureInfo.InvariantCulture));
            await agent.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

            Assert.Equal(0, agent.ExitCode);
        }
        finally
        {
            agent.Kill();
        }
    }
}
