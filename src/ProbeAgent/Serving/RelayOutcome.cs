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
    /// <param name="exception">What the HTTP client, or the deadline, has thrown.</param>
    /// <param name="exchange">How far it had come.</param>
    public static AttemptResult Failed(Exception exception, Exchange exchange) =>
        exchange.Question.Deadline.Token.IsCancellationRequested ? TimedOut(exchange) : HttpFailure.Of(exception, exchange);

    private static AttemptResult TimedOut(Exchange exchange)
    {
        if (exchange.Peer is not { } peer)
        {
            return ConnectFailure.TimedOut(exchange);
        }

        var budget = DurationText.Of(exchange.Question.Deadline.Budget);
        var (reason, phrase) = exchange.HasHead
            ? (Reason.BodyTimeout, $"the page was not complete within {budget}")
            : (Reason.ResponseTimeout, $"connected to {peer}, but no answer within {budget}");
        return AttemptResult.Failed(reason, $"{exchange.Asked}: {phrase}", exchange.Phases());
    }
}
