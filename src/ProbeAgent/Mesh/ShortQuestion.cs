using ProbeAgent.Probing;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Mesh;

/// <summary>Asks a sidecar, which answers at once or is not well: no question takes longer than a fifth of a second.</summary>
internal sealed class ShortQuestion(PodAddress podAddress, TimeProvider timeProvider, CancellationToken agentStopping)
{
    /// <summary>How long an answer may take; less than the shortest budget of a check, 900 ms.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(200);

    private static readonly string UserAgent = $"probe-agent/{AgentVersion.Current.Version}";

    /// <summary>What came back; null where the agent had too little CPU to say. Throws when the agent ends.</summary>
    public async Task<Page?> AskAsync(PageReader reader)
    {
        using var deadline = new Deadline(Budget, timeProvider, agentStopping);
        var page = await reader.ReadAsync(new Question(podAddress.SeenBy(null), UserAgent, deadline), agentStopping);
        return page.StatusCode is null && deadline.WasLate ? null : page;
    }
}
