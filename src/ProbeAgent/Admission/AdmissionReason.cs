using ProbeAgent.Injection;

namespace ProbeAgent.Admission;

/// <summary>Why a review was answered as it was, in the words of logs and metrics: those of an injection, and two of the webhook's own.</summary>
internal static class AdmissionReason
{
    /// <summary>A bug of the webhook.</summary>
    public const string InternalError = "internal_error";

    /// <summary>What was posted is no review.</summary>
    public const string Malformed = "malformed";

    // Why a pod may rightly stay as it is.
    private static readonly InjectionReason[] OfUnchanged =
    [
        InjectionReason.NothingToMove, InjectionReason.AlreadyInjected, InjectionReason.NoPod, InjectionReason.HostNetwork,
        InjectionReason.Windows, InjectionReason.NotInMesh, InjectionReason.MeshCameFirst,
    ];

    // Findings about single probes and settings, which decide nothing.
    private static readonly InjectionReason[] Notes = [InjectionReason.ForeignHost, InjectionReason.NotCaptured, InjectionReason.Advice];

    /// <summary>Every pair of a decision and its reason.</summary>
    public static IEnumerable<(string Decision, string Reason)> All { get; } =
    [
        (DecisionWord.Of(InjectionDecision.Injected), Of(InjectionReason.Moved)),
        .. OfUnchanged.Select(reason => (DecisionWord.Of(InjectionDecision.Unchanged), Of(reason))),
        .. Enum.GetValues<InjectionReason>()
            .Except([InjectionReason.Moved, .. OfUnchanged, .. Notes])
            .Select(reason => (DecisionWord.Of(InjectionDecision.Error), Of(reason))),
        (DecisionWord.Of(InjectionDecision.Error), InternalError),
        (DecisionWord.Of(InjectionDecision.Error), Malformed),
    ];

    /// <summary>The word of a reason: <c>mesh_came_first</c>.</summary>
    public static string Of(InjectionReason reason) => string.Concat(
        reason.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
