using ProbeAgent.Configuration;
using ProbeAgent.Probing;

namespace ProbeAgent.Checks;

/// <summary>
/// A second look around a check that has failed: what to do about it. It asks nobody but the app that the check asks, and nothing but
/// the check's own question or a hello of TLS; where the kernel knows, it sends nothing.
/// </summary>
/// <param name="action">What the check asks.</param>
/// <param name="budget">In how much time it is to be answered.</param>
/// <param name="agentPorts">The agent's own ports.</param>
/// <param name="proberOf">Asks an action.</param>
/// <param name="podAddress">The pod's own address.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class SecondLook(
    CheckAction action,
    TimeSpan budget,
    IReadOnlyCollection<int> agentPorts,
    Func<CheckAction, IProber> proberOf,
    PodAddress podAddress,
    TimeProvider timeProvider)
{
    /// <summary>What the app is told of the asker: the agent, and that it asks beside the probes.</summary>
    public const string UserAgent = "kube-probe/1.0+2";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(300);

    // How much longer than a probe it waits for an answer, and up to which budget: the line of the log waits as long.
    private static readonly TimeSpan MoreTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestBudget = TimeSpan.FromSeconds(3);

    // What servers say to plain HTTP at a port of TLS, beside a 400.
    private static readonly string[] WordsOfTls = ["HTTPS", "SSL", "TLS"];

    /// <summary>What to do, to follow the sentence of the failure; null where nothing is known beyond it.</summary>
    public Task<string?> HintAsync(AttemptResult failed, CancellationToken ending) => failed switch
    {
        { IsRedirected: true } => Task.FromResult<string?>(null),
        { Reason: Reason.ConnectionRefused } => Task.FromResult<string?>(Ports()),
        { Reason: Reason.ConnectionReset, Phases: { Connect: not null, FirstByte: null } } => OtherSchemeAsync(ending),
        { Reason: Reason.BadStatus, StatusCode: 400 } when SpeaksOfTls(failed.BodyExcerpt) => OtherSchemeAsync(ending),
        { Reason: Reason.ResponseTimeout, Phases.Connect: not null } when budget <= LongestBudget => MoreTimeAsync(ending),
        _ => Task.FromResult<string?>(null),
    };

    private static bool SpeaksOfTls(string? body) =>
        body is not null && Array.Exists(WordsOfTls, word => body.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsAnswer(AttemptResult result) =>
        result.Succeeded || result.Reason is Reason.BadStatus or Reason.GrpcNotServing or Reason.GrpcUnknownService;

    private string Ports() => PortAdvice.Of(
        action, Targets.HostOf(action).CandidatesFor(podAddress.SeenBy(null)), agentPorts, ListeningPorts.Read());

    private async Task<string?> OtherSchemeAsync(CancellationToken ending) => action switch
    {
        HttpGetAction { Scheme: HttpScheme.Http } when await SpeaksTlsAsync(ending) =>
            $"it speaks TLS there: {SchemeAdvice.ForTls(isGrpc: false)}",
        HttpGetAction { Scheme: HttpScheme.Https } http when await IsAnsweredAsync(http with { Scheme = HttpScheme.Http }, ending) =>
            $"it speaks plain HTTP there: {SchemeAdvice.ForPlain(isGrpc: false)}",
        GrpcAction { IsTls: false } when await SpeaksTlsAsync(ending) => $"it speaks TLS there: {SchemeAdvice.ForTls(isGrpc: true)}",
        GrpcAction { IsTls: true } grpc when await IsAnsweredAsync(grpc with { IsTls = false }, ending) =>
            $"it speaks gRPC without TLS there: {SchemeAdvice.ForPlain(isGrpc: true)}",
        _ => null,
    };

    private async Task<bool> SpeaksTlsAsync(CancellationToken ending)
    {
        using var glance = new CancellationTokenSource(Glance, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(glance.Token, ending);
        try
        {
            var connector = new PodConnector(Targets.HostOf(action));
            return await TlsHello.IsAnsweredAsync(connector, podAddress.SeenBy(null), action.Port, either.Token);
        }
        catch (OperationCanceledException) when (!ending.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<bool> IsAnsweredAsync(CheckAction other, CancellationToken ending)
    {
        using var deadline = new Deadline(Glance, timeProvider, ending);
        return IsAnswer(await AskAsync(other, deadline, ending));
    }

    private async Task<string?> MoreTimeAsync(CancellationToken ending)
    {
        using var deadline = new Deadline(budget + MoreTime, timeProvider, ending);
        var result = await AskAsync(action, deadline, ending);
        if (deadline.WasLate)
        {
            return null;
        }

        var after = DurationText.Of(deadline.Elapsed);
        var answered = $"asked once more, it answered{(result.StatusCode is { } status ? $" {status}" : "")} after {after}";
        return result switch
        {
            { Reason: Reason.ResponseTimeout } => $"asked once more, still no answer after {after}: the app hangs",
            _ when !IsAnswer(result) => null,
            _ when deadline.Elapsed > budget =>
                $"{answered}: raise `timeoutSeconds` (here and on the probe) or make {What()} cheaper",
            _ => $"{answered}: it stood still for a while, or had too little CPU",
        };
    }

    private string What() => action is HttpGetAction { Path: var path } ? path : "the answer";

    private Task<AttemptResult> AskAsync(CheckAction asked, Deadline deadline, CancellationToken ending) =>
        proberOf(asked).AttemptAsync(new Question(podAddress.SeenBy(null), UserAgent, deadline), ending);
}
