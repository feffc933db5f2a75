namespace ProbeAgent.Tests.Model.Oracle;

/// <summary>An attempt that reached the app.</summary>
/// <param name="Began">When.</param>
/// <param name="Phase">What the app was doing then, which it does to this attempt until its end.</param>
internal sealed record SeenAttempt(TimeSpan Began, AppPhase Phase)
{
    /// <summary>When it was over.</summary>
    public TimeSpan Ended { get; set; }

    /// <summary>True where the app was not finished with it when the agent's time was up.</summary>
    public bool WasCutOff { get; set; }

    public override string ToString() =>
        $"{Began.TotalMilliseconds:0.0}–{Ended.TotalMilliseconds:0.0} {Phase.Behaviour}{(WasCutOff ? ", cut off" : "")}";
}
