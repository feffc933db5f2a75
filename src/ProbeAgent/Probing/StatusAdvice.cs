namespace ProbeAgent.Probing;

/// <summary>What to do about a status of the app that is a failure.</summary>
internal static class StatusAdvice
{
    /// <summary>The advice, to follow «expected 200–399: ».</summary>
    public static string Of(int status) => status switch
    {
        401 or 403 or 407 => "it asks for a login: give a `path` without one, or a header (`httpHeaders`)",
        404 or 410 => "the app has no such path: correct `path`",
        405 => "the app takes no GET there: correct `path`",
        421 => "the app does not answer to this host: give it another `Host` (`httpHeaders`)",
        429 => "the app turns away who asks too often: leave this path out of its limit",
        502 or 504 => "that is the app's own answer, not the agent's: what it asks in turn does not answer, so look in its log",
        >= 500 => "the app says itself that it is not well: look in its log",
        _ => "that is the app's own answer: look in its log",
    };
}
