using ProbeAgent.Injection;

namespace ProbeAgent.Admission;

/// <summary>The words of decisions, as they stand in annotations, logs and metrics.</summary>
internal static class DecisionWord
{
    /// <summary>The word of a decision.</summary>
    public static string Of(InjectionDecision decision) => decision switch
    {
        InjectionDecision.Injected => "injected",
        InjectionDecision.Unchanged => "unchanged",
        InjectionDecision.Error => "error",
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "not a decision"),
    };
}
