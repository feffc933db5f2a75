using System.Net;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Probing;

namespace ProbeAgent.Serving;

/// <summary>A configured lifecycle hook: asks the app once, and waits as long as it takes.</summary>
internal sealed class Hook
{
    private readonly HookKey key;
    private readonly HttpProber prober;
    private readonly PodAddress podAddress;
    private readonly TimeProvider timeProvider;

    /// <summary>A hook that asks by the kubelet's rules.</summary>
    public Hook(HookConfiguration configuration, IReadOnlyCollection<int> agentPorts, PodAddress podAddress, TimeProvider timeProvider)
    {
        var target = Targets.Of(configuration.Action, agentPorts) with { BodyMayBreak = true };
        Container = configuration.Container;
        Word = configuration.Hook == HookKind.PreStop ? "preStop" : "postStart";
        Path = $"/app-lifecycle/{Container}/{Word}";
        key = new HookKey(configuration.Key);
        prober = new HttpProber(target, new PodConnector(target.Host), timeProvider);
        this.podAddress = podAddress;
        this.timeProvider = timeProvider;
    }

    /// <summary>The container whose hook it is.</summary>
    public string Container { get; }

    /// <summary><c>preStop</c> or <c>postStart</c>.</summary>
    public string Word { get; }

    /// <summary>The path that runs it.</summary>
    public string Path { get; }

    /// <summary>True where a request may run it.</summary>
    public bool IsMeantBy(RequestTarget target) => Path == target.Path & key.IsIn(target.Query);

    /// <summary>Asks the app. Ends when it answers, or with <paramref name="callerGone"/>, by an <see cref="OperationCanceledException"/>.</summary>
    public async Task<AttemptResult> RunAsync(IPAddress? reachedOn, string userAgent, CancellationToken callerGone)
    {
        // The kubelet gives a hook the pod's grace period, and ends its request itself.
        using var never = new Deadline(Timeout.InfiniteTimeSpan, timeProvider, callerGone);
        return await prober.AttemptAsync(new Question(podAddress.SeenBy(reachedOn), userAgent, never), callerGone);
    }
}
