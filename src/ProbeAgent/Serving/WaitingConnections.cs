using System.Net;

namespace ProbeAgent.Serving;

/// <summary>The connections without a pending answer, the one that has waited longest first, and how many each source has. Not for two threads at once.</summary>
internal sealed class WaitingConnections(TimeProvider timeProvider)
{
    private readonly LinkedList<ConnectionSlot> slots = [];
    private readonly Dictionary<IPAddress, int> ofSource = [];

    /// <summary>The one that has waited longest; null where none does.</summary>
    public LinkedListNode<ConnectionSlot>? Oldest => slots.First;

    /// <summary>How long the one has waited that has waited longest for a head; null where none does.</summary>
    public TimeSpan? LongestForHead => slots.FirstOrDefault(slot => slot.Waiting == Waiting.ForHead) is { } slot ? AgeOf(slot) : null;

    /// <summary>How many of a source wait, but for their end.</summary>
    public int CountOf(IPAddress source) => ofSource.GetValueOrDefault(source);

    /// <summary>How long it has waited.</summary>
    public TimeSpan AgeOf(ConnectionSlot slot) => timeProvider.GetElapsedTime(slot.WaitingSince);

    /// <summary>Those that have waited so long for a head.</summary>
    public IEnumerable<ConnectionSlot> ForHeadsLongerThan(TimeSpan limit) =>
        slots.Where(slot => slot.Waiting == Waiting.ForHead).TakeWhile(slot => AgeOf(slot) >= limit);

    /// <summary>True where one of them is meant.</summary>
    public bool Any(Func<ConnectionSlot, bool> isMeant) => slots.Any(isMeant);

    /// <summary>It waits from now on.</summary>
    public void Add(ConnectionSlot slot, Waiting what)
    {
        slot.WaitingSince = timeProvider.GetTimestamp();
        slot.Waiting = what;
        slot.Place = slots.AddLast(slot);
        if (what != Waiting.ForEnd)
        {
            ofSource[slot.Source] = CountOf(slot.Source) + 1;
        }
    }

    /// <summary>It waits no more; nothing where it did not.</summary>
    public void Remove(ConnectionSlot slot)
    {
        if (slot.Place is not { } place)
        {
            return;
        }

        slots.Remove(place);
        slot.Place = null;
        if (slot.Waiting != Waiting.ForEnd && --ofSource[slot.Source] == 0)
        {
            ofSource.Remove(slot.Source);
        }
    }
}
