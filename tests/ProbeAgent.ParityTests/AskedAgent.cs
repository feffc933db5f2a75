using ProbeAgent.Lab;

namespace ProbeAgent.ParityTests;

/// <summary>An agent with one target and the time limit of this suite, which shares no answer, and its caller.</summary>
internal sealed class AskedAgent : IAsyncDisposable
{
    private readonly AgentProcess process;
    private readonly AgentCaller caller;

    private AskedAgent(AgentProcess process, string host)
    {
        this.process = process;
        caller = new AgentCaller(new Uri($"http://{host}:{process.PublicPort}/livez"));
    }

    /// <summary>The port that it is called at.</summary>
    public int Port => process.PublicPort;

    /// <summary>Starts it with the target; it is called at the host, which is 127.0.0.1 or an address of the machine.</summary>
    public static async Task<AskedAgent> StartAsync(string target, string host = "127.0.0.1") =>
        new(
            await AgentProcess.StartAsync(
                ("PROBEAGENT_TARGET", target),
                ("PROBEAGENT_MAX_AGE_SECONDS", "0"),
                ("PROBEAGENT_TIMEOUT_SECONDS", "1"),
                ("PROBEAGENT_DETAIL", "full")),
            host);

    /// <summary>Starts it with the document, whose first check is to have the limits of this suite.</summary>
    public static async Task<AskedAgent> StartWithDocumentAsync(string yaml) =>
        new(
            await AgentProcess.StartAsync(("PROBEAGENT_CONFIG_YAML", yaml), ("PROBEAGENT_DETAIL", "full")),
            "127.0.0.1");

    public Task<AgentVerdict> AskAsync() => caller.AskAsync();

    /// <summary>Returns once it takes no second look at its app.</summary>
    public Task WhenItHasLookedAsync() => process.WhenItHasLookedAsync();

    public async ValueTask DisposeAsync()
    {
        caller.Dispose();
        await process.DisposeAsync();
    }
}
