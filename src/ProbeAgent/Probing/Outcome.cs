namespace ProbeAgent.Probing;

/// <summary>What an attempt found, in the words of the kubelet's probers.</summary>
internal enum Outcome
{
    /// <summary>The app is well.</summary>
    Success,

    /// <summary>The app is well by the kubelet's rule, with something to look at: a redirect that is not followed.</summary>
    Warning,

    /// <summary>The app is not well, or could not be asked.</summary>
    Failure,
}
