namespace ProbeAgent.Tests.Model;

/// <summary>A timer of the model's clock.</summary>
internal sealed class ModelTimer(ModelClock clock, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan period;
    private bool isPause;

    /// <summary>When it fires next; null where it rests.</summary>
    public TimeSpan? Due { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        clock.Guarded(() => Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.Now + dueTime);
        this.period = period;
        return true;
    }

    /// <summary>Says that somebody does nothing but wait for it.</summary>
    public void BeginPause()
    {
        isPause = true;
        clock.PauseBegan();
    }

    public void Fire()
    {
        clock.Guarded(() => Due = period > TimeSpan.Zero ? clock.Now + period : null);
        EndPause();
        callback(state);
    }

    public void Dispose()
    {
        clock.Forget(this);
        EndPause();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void EndPause()
    {
        if (Interlocked.Exchange(ref isPause, false))
        {
            clock.PauseEnded();
        }
    }
}
