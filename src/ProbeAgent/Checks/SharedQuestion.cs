using System.Net;
using ProbeAgent.Probing;

namespace ProbeAgent.Checks;

/// <summary>
/// Lets probes share questions: one that is on its way is never asked twice, and a finished answer serves those who come
/// shortly after. So strangers on the open port cannot make the agent hammer the app.
/// </summary>
/// <param name="maxAge">How long a success is shared; a failure is for at most 0.1 s of it.</param>
/// <param name="ask">Asks the app; gets the pod address and the first asker's <c>User-Agent</c>.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class SharedQuestion(TimeSpan maxAge, Func<IPAddress, string, Task<AttemptResult>> ask, TimeProvider timeProvider)
{
    private static readonly TimeSpan MaxFailureAge = TimeSpan.FromSeconds(0.1);

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, Slot> slots = [];

    /// <summary>The app's answer, new or shared. A caller that goes away ends nothing.</summary>
    /// <param name="podAddress">Which question it is: one of the pod's own addresses, so there are few.</param>
    /// <param name="userAgent">What the app is told, if it is asked.</param>
    public (Task<AttemptResult> Answer, bool IsShared) Ask(IPAddress podAddress, string userAgent)
    {
        TaskCompletionSource<AttemptResult> asked;
        Slot? slot;
        lock (gate)
        {
            if (!slots.TryGetValue(podAddress, out slot))
            {
                slots[podAddress] = slot = new Slot();
            }

            if (slot.OnItsWay is { } onItsWay)
            {
                return (onItsWay, true);
            }

            if (slot.Finished is { } finished && timeProvider.GetElapsedTime(slot.FinishedAt) < MaxAgeOf(finished))
            {
                return (Task.FromResult(finished), true);
            }

            asked = new TaskCompletionSource<AttemptResult>();
            slot.OnItsWay = asked.Task;
        }

        // The lock must not be held while the app is dialled.
        _ = RunAsync(slot, asked, podAddress, userAgent);
        return (asked.Task, false);
    }

    private async Task RunAsync(Slot slot, TaskCompletionSource<AttemptResult> asked, IPAddress podAddress, string userAgent)
    {
        AttemptResult? result = null;
        Exception? bug = null;
        try
        {
            result = await ask(podAddress, userAgent);
        }
        catch (Exception exception)
        {
            bug = exception;
        }

        // Whatever became of it, the next probe may ask.
        lock (gate)
        {
            (slot.OnItsWay, slot.Finished, slot.FinishedAt) = (null, result, timeProvider.GetTimestamp());
        }

        if (result is not null)
        {
            asked.SetResult(result);
            return;
        }

        asked.SetException(bug!);
    }

    private TimeSpan MaxAgeOf(AttemptResult finished) => finished switch
    {
        { Succeeded: true } => maxAge,

        // The agent's own trouble says nothing about the app.
        { Reason: Reason.AgentLate or Reason.InternalError or Reason.Draining } => TimeSpan.Zero,
        _ => maxAge < MaxFailureAge ? maxAge : MaxFailureAge,
    };

    private sealed class Slot
    {
        public Task<AttemptResult>? OnItsWay { get; set; }

        public AttemptResult? Finished { get; set; }

        public long FinishedAt { get; set; }
    }
}
