namespace ProbeAgent.PodTests;

/// <summary>A whole sidecar as the agent sees it: its endpoints at their real ports.</summary>
internal sealed class StandIns : IAsyncDisposable
{
    /// <summary>Starts all of them.</summary>
    public StandIns(NetworkNamespace pod, string mesh, bool isReady = true)
    {
        var (markPort, readyPort) = SidecarAnswers.PortsOf(mesh);
        Mark = new StandIn(pod, markPort, SidecarAnswers.Of(mesh, isReady));
        Ready = readyPort == markPort ? Mark : new StandIn(pod, readyPort, SidecarAnswers.Of(mesh, isReady));
    }

    /// <summary>Where it shows which mesh it is of.</summary>
    public StandIn Mark { get; }

    /// <summary>Where it says that it is ready; for some meshes the same.</summary>
    public StandIn Ready { get; }

    /// <summary>Answers so from now on.</summary>
    public void AnswerWith(Func<string, string> answers)
    {
        Mark.AnswerWith(answers);
        Ready.AnswerWith(answers);
    }

    /// <summary>Dies.</summary>
    public async ValueTask DisposeAsync()
    {
        await Mark.DisposeAsync();
        await Ready.DisposeAsync();
    }
}
