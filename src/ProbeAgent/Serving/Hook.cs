using System.Net;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Probing;

namespace ProbeAgent.Serving;

/// <summary>A configured lifecycle hook: asks the app once, and waits as long as it takes.</summary>
internal sealed class Hook
{
    private readonly HookKey key;
    private readonly bool isUnverified;
    private readonly HttpProber prober;
    private readonly HttpProber inPlain;
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
        isUnverified = target.Authorities is null;
        var connector = new PodConnector(target.Host);
        prober = new HttpProber(target, connector, timeProvider);
        inPlain = new HttpProber(InPlain(target), connector, timeProvider);
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
        var question = new Question(podAddress.SeenBy(reachedOn), userAgent, never);
        var result = await prober.AttemptAsync(question, callerGone);

        // Hooks once were plain whatever their scheme said, so the kubelet asks an app in plain that answers so.
        // Who names authorities wants no answer from anybody else.
        return result.IsPlainHttp && isUnverified ? await inPlain.AttemptAsync(question, callerGone) : result;
    }

    // What was to be secret is not sent in plain: k8s pkg/kubelet/lifecycle/handlers.go.
    private static HttpTarget InPlain(HttpTarget target) => target with
    {
        Scheme = Uri.UriSchemeHttp,
        Headers = [.. target.Headers.Where(header => !header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase))],
    };
}
