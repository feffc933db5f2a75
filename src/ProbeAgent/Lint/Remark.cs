using ProbeAgent.Injection;

namespace ProbeAgent.Lint;

/// <summary>What a rule has to say about a place of a pod.</summary>
/// <param name="Place">Where.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What is there, and what comes of it.</param>
/// <param name="Advice">What to do.</param>
internal sealed record Remark(JsonPointer Place, FindingSeverity Severity, string Message, string Advice)
{
    /// <summary>It does not work.</summary>
    public static Remark Error(JsonPointer place, string message, string advice) => new(place, FindingSeverity.Error, message, advice);

    /// <summary>It works, and will surprise.</summary>
    public static Remark Warning(JsonPointer place, string message, string advice) => new(place, FindingSeverity.Warning, message, advice);

    /// <summary>Good to know.</summary>
    public static Remark Info(JsonPointer place, string message, string advice) => new(place, FindingSeverity.Info, message, advice);
}
