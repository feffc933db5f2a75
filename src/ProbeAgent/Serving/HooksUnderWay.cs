namespace ProbeAgent.Serving;

/// <summary>The hooks that wait for the app: while there are any, a draining agent stays.</summary>
internal sealed class HooksUnderWay
{
    private readonly Lock gate = new();
    private TaskCompletionSource none = NewSignal();
    private int count;

    /// <summary>There are none at first.</summary>
    public HooksUnderWay() => none.SetResult();

    /// <summary>How many there are now.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Completes when there are none.</summary>
    public Task None
    {
        get
        {
            lock (gate)
            {
                return none.Task;
            }
        }
    }

    /// <summary>One more is on its way.</summary>
    public void Begin()
    {
        lock (gate)
        {
            if (count++ == 0)
            {
                none = NewSignal();
            }
        }
    }

    /// <summary>One has ended.</summary>
    public void End()
    {
        lock (gate)
        {
            if (--count == 0)
            {
                none.SetResult();
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
