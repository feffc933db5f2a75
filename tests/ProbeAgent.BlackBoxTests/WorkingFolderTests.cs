using System.Diagnostics;
using System.Globalization;
using ProbeAgent.BlackBoxTests.Wire;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>The agent needs nothing of the folder that it is started in.</summary>
public sealed class WorkingFolderTests
{
    [Fact]
    public async Task It_serves_where_its_working_folder_is_gone()
    {
        var folder = Directory.CreateTempSubdirectory("probe-agent-").FullName;
        var port = FreePort.Next();
        var start = Command.Describe(
            "sh", ["-c", "cd \"$1\" && rmdir \"$1\" && exec \"$2\"", "sh", folder, Checkout.AgentBinary]);
        start.Environment["PROBEAGENT_TARGET"] = ":1/";
        start.Environment["PROBEAGENT_ADMIN"] = "off";
        start.Environment["PROBEAGENT_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $":{port}");
        using var agent = Process.Start(start)!;
        try
        {
            await ListeningPort.OpensAsync(port);

            var answer = await Probe.SendAsync(port, Probe.Request("GET", "/-/healthy", port));

            Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        }
        finally
        {
            agent.Kill();
            await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }
}
