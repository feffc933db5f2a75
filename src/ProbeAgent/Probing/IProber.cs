namespace ProbeAgent.Probing;

/// <summary>Asks the app in one protocol.</summary>
internal interface IProber
{
    /// <summary>
    /// Makes one attempt. Whatever the app does is a result, a passed deadline too; throws
    /// <see cref="OperationCanceledException"/> only when the agent itself ends.
    /// </summary>
    Task<AttemptResult> AttemptAsync(Question question, CancellationToken agentStopping);
}
