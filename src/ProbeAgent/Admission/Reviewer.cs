using System.Text.Json.Nodes;
using ProbeAgent.Injection;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Admission;

/// <summary>Answers admission reviews: a pod is injected wholly, or left as it is with a note that says why. It is always allowed.</summary>
/// <param name="inject">What becomes of a pod.</param>
/// <param name="metrics">Where decisions are counted.</param>
/// <param name="logger">Where they are told.</param>
internal sealed partial class Reviewer(Func<JsonObject, InjectionResult> inject, WebhookMetrics metrics, ILogger<Reviewer> logger)
{
    // More than a screen of them is read by nobody, and the API server cuts all of them together at 4,096 characters.
    private const int MaxWarnings = 8;

    private static readonly JsonPatch Nothing = new();

    /// <summary>The answer, as the API server reads it. Never throws.</summary>
    public byte[] Review(AdmissionRequest request)
    {
        var outcome = Decide(request);
        metrics.Decided(DecisionWord.Of(outcome.Decision), outcome.Reason);
        Tell(request, outcome);
        return AdmissionAnswer.Write(request.Uid, outcome);
    }

    /// <summary>What was posted is no review.</summary>
    public void Refused(string mistake)
    {
        metrics.Decided(DecisionWord.Of(InjectionDecision.Error), AdmissionReason.Malformed);
        Log.Malformed(logger, mistake);
    }

    private AdmissionOutcome Decide(AdmissionRequest request)
    {
        if (request.Pod is not { } pod)
        {
            return new AdmissionOutcome(
                InjectionDecision.Unchanged, AdmissionReason.Of(InjectionReason.NoPod), "the request is not the creation of a pod", Nothing);
        }

        try
        {
            return Of(inject(pod), pod);
        }
        catch (Exception exception)
        {
            Log.Bug(logger, request.Namespace, request.Name, exception);
            return Bug(pod);
        }
    }

    private static AdmissionOutcome Of(InjectionResult result, JsonObject pod)
    {
        var finding = result.Findings.FirstOrDefault(finding => finding.Reason == result.Reason);
        var reason = AdmissionReason.Of(result.Reason);
        if (result.Decision == InjectionDecision.Injected)
        {
            return Injected(result, pod, reason);
        }

        var sentence = finding?.Message ?? result.Findings.MaxBy(one => one.Severity)?.Message ?? $"not injected: {reason}";
        var outcome = new AdmissionOutcome(result.Decision, reason, AllOf(result, sentence), Nothing);
        return IsToBeKnown(result)
            ? outcome with
            {
                Patch = InjectionMark.On(pod, InjectionMark.Text(result.Decision, sentence)),
                Warnings = [$"not injected by probe-agent: {sentence}"],
            }
            : outcome;
    }

    private static AdmissionOutcome Injected(InjectionResult result, JsonObject pod, string reason)
    {
        List<string> warnings = [.. result.Findings.Where(finding => finding.Severity == FindingSeverity.Warning).Select(finding => finding.Message)];
        var patch = new JsonPatch();
        patch.Append(result.Patch);

        // A patch that does not fit throws here, and not in the API server.
        patch.Append(InjectionMark.On(result.Patch.Apply(pod), InjectionMark.Text(InjectionDecision.Injected, warnings.FirstOrDefault())));
        return new AdmissionOutcome(InjectionDecision.Injected, reason, warnings.Count == 0 ? "all probes are moved" : string.Join("; ", warnings), patch)
        {
            Warnings = [.. warnings.Take(MaxWarnings)],
        };
    }

    // Somebody may have expected an injection; where there was nothing to inject, nobody has.
    private static bool IsToBeKnown(InjectionResult result) => result.Decision == InjectionDecision.Error
        || result.Reason is InjectionReason.MeshCameFirst or InjectionReason.HostNetwork or InjectionReason.Windows;

    private static string AllOf(InjectionResult result, string sentence)
    {
        List<string> errors = [.. result.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Message)];
        return errors.Count > 1 ? string.Join("; ", errors) : sentence;
    }

    private static AdmissionOutcome Bug(JsonObject pod)
    {
        const string Sentence = "a bug of probe-agent; its log says more";
        return new AdmissionOutcome(
            InjectionDecision.Error,
            AdmissionReason.InternalError,
            Sentence,
            InjectionMark.On(pod, InjectionMark.Text(InjectionDecision.Error, Sentence)))
        {
            Warnings = [$"not injected by probe-agent: {Sentence}"],
        };
    }

    private void Tell(AdmissionRequest request, AdmissionOutcome outcome)
    {
        if (outcome.Decision == InjectionDecision.Error)
        {
            Log.NotInjected(logger, request.Namespace, request.Name, DecisionWord.Of(outcome.Decision), outcome.Reason, outcome.Message);
        }
        else if (outcome.Warnings.Count > 0 && outcome.Decision == InjectionDecision.Unchanged)
        {
            Log.LeftAlone(logger, request.Namespace, request.Name, DecisionWord.Of(outcome.Decision), outcome.Reason, outcome.Message);
        }
        else
        {
            Log.Decided(logger, request.Namespace, request.Name, DecisionWord.Of(outcome.Decision), outcome.Reason, outcome.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8000, LogLevel.Warning, "Pod \"{Pod}\" in namespace \"{Namespace}\" was not injected ({Decision}, {Reason}): {Message}")]
        public static partial void NotInjected(ILogger logger, string @namespace, string pod, string decision, string reason, string message);

        [LoggerMessage(8001, LogLevel.Information, "Pod \"{Pod}\" in namespace \"{Namespace}\" was left as it is ({Decision}, {Reason}): {Message}")]
        public static partial void LeftAlone(ILogger logger, string @namespace, string pod, string decision, string reason, string message);

        [LoggerMessage(8002, LogLevel.Debug, "Pod \"{Pod}\" in namespace \"{Namespace}\": {Decision} ({Reason}): {Message}")]
        public static partial void Decided(ILogger logger, string @namespace, string pod, string decision, string reason, string message);

        [LoggerMessage(8003, LogLevel.Error, "Pod \"{Pod}\" in namespace \"{Namespace}\" could not be looked at: a bug of probe-agent; please report it")]
        public static partial void Bug(ILogger logger, string @namespace, string pod, Exception exception);

        [LoggerMessage(8004, LogLevel.Debug, "What was posted is no review: {Mistake}")]
        public static partial void Malformed(ILogger logger, string mistake);
    }
}
