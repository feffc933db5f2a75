using System.Globalization;
using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>An HTTP check: asks as the kubelet asks, and judges as it judges (k8s <c>pkg/probe/http</c>).</summary>
internal sealed class HttpProber(HttpTarget target, PodConnector connector, TimeProvider timeProvider) : IProber, IDisposable
{
    private const int MaxUrlInSentence = 200;

    private readonly HttpConversation conversation = new(connector);

    /// <inheritdoc/>
    public void Dispose() => conversation.Dispose();

    /// <inheritdoc/>
    public async Task<AttemptResult> AttemptAsync(Question question, CancellationToken agentStopping)
    {
        var host = target.Host.NameFor(question.PodAddress);
        var port = target.Port.ToString(CultureInfo.InvariantCulture);
        var url = new HttpUrl("http", host, port, target.Path, target.Query);
        var exchange = new Exchange(question, $"GET {url}", target.Port, timeProvider);
        try
        {
            return await AskAsync(url, exchange, new RedirectRule(host, target.AgentPorts));
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException or SocketException)
        {
            agentStopping.ThrowIfCancellationRequested();
            return question.Deadline.Token.IsCancellationRequested ? TimedOut(exchange) : HttpFailure.Of(exception, exchange);
        }
    }

    private async Task<AttemptResult> AskAsync(HttpUrl first, Exchange exchange, RedirectRule redirects)
    {
        var url = first;
        var deadline = exchange.Question.Deadline.Token;
        for (var requests = 1; ; requests++)
        {
            using var response = await conversation.AskAsync(url, exchange, deadline);
            exchange.MarkHead();
            if (HeadRule.Violation(response) is { } violation)
            {
                return AttemptResult.Failed(Reason.ProtocolError, $"{exchange.Asked}: {violation}", exchange.Phases());
            }

            var step = redirects.Decide((int)response.StatusCode, HttpConversation.Location(response), url, requests);
            if (step.FailedBy is { } reason)
            {
                return AttemptResult.Failed(reason, $"{exchange.Asked} {step.Phrase}", exchange.Phases());
            }

            if (step.Next is not { } next)
            {
                return await JudgeAsync(response, exchange);
            }

            await HttpConversation.SkipRedirectBodyAsync(response, deadline);
            exchange.MarkRedirect($"GET {first}, redirected to {Shortened(next)},", next.Port!.Value);
            url = next;
        }
    }

    // The app wrote it: a log line has its limits.
    private static string Shortened(HttpUrl url)
    {
        var text = url.ToString();
        return text.Length <= MaxUrlInSentence ? text : text[..MaxUrlInSentence] + "…";
    }

    private async Task<AttemptResult> JudgeAsync(HttpResponseMessage response, Exchange exchange)
    {
        // Read before the status is looked at: an app that stalls in its body is not well, whatever its head said.
        var body = await ReadBodyAsync(response, exchange.Question.Deadline.Token);
        var status = (int)response.StatusCode;
        var (outcome, remark) = status switch
        {
            >= 200 and < 300 => (Outcome.Success, ""),
            >= 300 and < 400 => (Outcome.Warning, "; what is not followed counts as a success"),
            _ => (Outcome.Failure, "; expected 200–399"),
        };
        return new AttemptResult
        {
            Outcome = outcome,
            Reason = outcome == Outcome.Failure ? Reason.BadStatus : null,
            StatusCode = status,
            Message = $"{exchange.Asked} answered {status} after {DurationText.Of(exchange.Elapsed)}{remark}",
            Phases = exchange.Phases(),
            BodyExcerpt = body,
        };
    }

    private async Task<string?> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await HttpConversation.ReadBodyAsync(response, cancellationToken);
        }
        catch (Exception exception) when (target.BodyMayBreak && exception is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private static AttemptResult TimedOut(Exchange exchange)
    {
        if (exchange.Peer is not { } peer)
        {
            return ConnectFailure.TimedOut(exchange);
        }

        var budget = DurationText.Of(exchange.Question.Deadline.Budget);
        var (reason, phrase) = exchange.HasHead
            ? (Reason.BodyTimeout, $"the head came, but the body was not complete within {budget}")
            : (Reason.ResponseTimeout, $"connected to {peer}, but no answer within {budget}");
        return AttemptResult.Failed(reason, $"{exchange.Asked}: {phrase}", exchange.Phases());
    }
}
