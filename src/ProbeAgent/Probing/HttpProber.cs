using System.Globalization;

namespace ProbeAgent.Probing;

/// <summary>An HTTP check: asks as the kubelet asks, and judges as it judges (k8s <c>pkg/probe/http</c>).</summary>
internal sealed class HttpProber(HttpTarget target, PodConnector connector, TimeProvider timeProvider) : IProber
{
    private readonly HttpConversation conversation = new(target, connector, timeProvider);

    /// <inheritdoc/>
    public async Task<AttemptResult> AttemptAsync(Question question, CancellationToken agentStopping)
    {
        var host = target.Host.NameFor(question.PodAddress);
        var port = target.Port.ToString(CultureInfo.InvariantCulture);
        var url = new HttpUrl(target.Scheme, host, port, target.Path, target.Query);
        var exchange = new Exchange(question, $"GET {url}", target.Port, timeProvider);
        var result = await AttemptAsync(url, exchange, new RedirectRule(host, target.AgentPorts), agentStopping);
        return result with { IsRedirected = exchange.IsRedirected };
    }

    private async Task<AttemptResult> AttemptAsync(HttpUrl url, Exchange exchange, RedirectRule redirects, CancellationToken agentStopping)
    {
        try
        {
            return await AskAsync(url, exchange, redirects);
        }
        catch (Exception exception) when (HttpFailure.IsOfTheApp(exception))
        {
            agentStopping.ThrowIfCancellationRequested();
            return exchange.Question.Deadline.Token.IsCancellationRequested ? HttpFailure.TimedOut(exchange) : HttpFailure.Of(exception, exchange);
        }
    }

    private async Task<AttemptResult> AskAsync(HttpUrl first, Exchange exchange, RedirectRule redirects)
    {
        var (url, isSentElsewhere) = (first, false);
        for (var requests = 1; ; requests++)
        {
            using var connection = await conversation.ConnectAsync(url, exchange);
            var answer = await conversation.AskAsync(connection, url, isSentElsewhere, exchange.Question);
            if (HeadRule.Violation(answer.Version, answer.Headers) is { } violation)
            {
                return AttemptResult.Failed(Reason.ProtocolError, $"{exchange.Asked}: {violation}", exchange.Phases());
            }

            var location = answer.Headers.First("Location");
            var step = redirects.Decide(answer.StatusCode, location, url, requests);
            if (step.FailedBy is { } reason)
            {
                return AttemptResult.Failed(
                    reason, $"{exchange.Asked} {step.Phrase} (after {DurationText.Of(exchange.Elapsed)})", exchange.Phases());
            }

            if (step.Next is not { } next)
            {
                return await JudgeAsync(answer, exchange, step);
            }

            await HttpConversation.SkipRedirectBodyAsync(answer, exchange.Question.Deadline.Token);
            exchange.MarkRedirect($"GET {first}, redirected to {Printable.Of(WithoutSecrets(next).ToString())},", next.Port!.Value);
            (url, isSentElsewhere) = (next, LocationHeader.Parse(location!) is { Scheme.Length: > 0 });
        }
    }

    // What an app puts into a query of its own may be a token.
    private static HttpUrl WithoutSecrets(HttpUrl url) => url.Query.Length == 0 ? url : url with { Query = "?…" };

    private async Task<AttemptResult> JudgeAsync(HttpAnswer answer, Exchange exchange, RedirectStep step)
    {
        // Read before the status is looked at: an app that stalls in its body is not well, whatever its head said.
        var body = await ReadBodyAsync(answer, exchange.Question.Deadline.Token);
        var status = answer.StatusCode;
        var (outcome, remark) = status switch
        {
            >= 200 and < 300 => (Outcome.Success, ""),
            >= 300 and < 400 => (Outcome.Warning, $"; {step.Phrase}what is not followed counts as a success, as with the kubelet"),
            _ => (Outcome.Failure, $"; expected 200–399: {StatusAdvice.Of(status)}"),
        };
        return new AttemptResult
        {
            Outcome = outcome,
            Reason = outcome == Outcome.Failure ? Reason.BadStatus : null,
            StatusCode = status,
            Message = $"{exchange.Asked} answered {status} after {DurationText.Of(exchange.Elapsed)}{remark}",
            Phases = exchange.Phases(),
            BodyExcerpt = HttpConversation.Excerpt(body),
            // Without the cast null would be an empty memory.
            Body = target.KeepsBody ? body : (ReadOnlyMemory<byte>?)null,
            BodyContentType = target.KeepsBody ? HttpConversation.ContentType(answer) : null,
        };
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpAnswer answer, CancellationToken cancellationToken)
    {
        // k8s pkg/kubelet/lifecycle/handlers.go reads no body of a hook that says it is longer.
        if (target.BodyMayBreak && answer.Headers.ContentLength > HttpConversation.MaxBody)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        try
        {
            return await answer.ReadBodyAsync(HttpConversation.MaxBody, cancellationToken);
        }
        catch (Exception exception) when (target.BodyMayBreak && exception is HttpRequestException or IOException)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }
}
