using ProbeAgent.Probing;
using ProbeAgent.Tests.Model.Oracle;

namespace ProbeAgent.Tests.Model;

/// <summary>An attempt that the app has and is not finished with.</summary>
/// <param name="Seen">What the oracle gets to know of it.</param>
/// <param name="Due">When the app is finished; null where it never will be.</param>
internal sealed record ModelAttempt(SeenAttempt Seen, TimeSpan? Due)
{
    /// <summary>True once the end of the question's time ends it, too.</summary>
    public bool IsHeld { get; set; }

    public TaskCompletionSource<AttemptResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
