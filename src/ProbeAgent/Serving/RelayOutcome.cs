using ProbeAgent.Probing;

namespace ProbeAgent.Serving;

/// <summary>What came of a relayed request, in the words of a check.</summary>
internal static class RelayOutcome
{
    /// <summary>The app has answered, and its whole page was passed on.</summary>
    public static AttemptResult Answered(int status, Exchange exchange) => new()
    {
        Outcome = status < 400 ? Outcome.Success : Outcome.Failure,
        Reason = status < 400 ? null : Reason.BadStatus,
        StatusCode = status,
        Message = $"{exchange.Asked} answered {status} after {DurationText.Of(exchange.Elapsed)}",
        Phases = exchange.Phases(),
    };

    /// <summary>There is no page, or no whole one.</summary>
    /// <param name="exception">What the HTTP client has thrown.</param>
    /// <param name="exchange">How far it had come.</param>
    public static AttemptResult Failed(Exception exception, Exchange exchange) => exchange.Question.Deadline switch
    {
        { IsOver: true, FiredLate: true } => AttemptResult.Failed(
            Reason.AgentLate,
            $"{exchange.Asked}: the agent got no CPU, so this says nothing of the app: give it CPU requests and no CPU limit",
            exchange.Phases()),
        { IsOver: true } => HttpFailure.TimedOut(exchange),
        _ => HttpFailure.Of(exception, exchange),
    };
}
