using System.Globalization;

namespace ProbeAgent.Probing;

/// <summary>Fetches a page in the pod by one GET: no redirect is followed, and at most 10 KiB are read.</summary>
internal sealed class PageReader(HttpTarget target, PodConnector connector, TimeProvider timeProvider)
{
    private readonly HttpConversation conversation = new(target, connector, timeProvider);

    /// <summary>
    /// Fetches it. Whatever the other side does is a result, a passed deadline too; throws
    /// <see cref="OperationCanceledException"/> only when the agent itself ends.
    /// </summary>
    public async Task<Page> ReadAsync(Question question, CancellationToken agentStopping)
    {
        var port = target.Port.ToString(CultureInfo.InvariantCulture);
        var url = new HttpUrl(target.Scheme, target.Host.NameFor(question.PodAddress), port, target.Path, target.Query);
        var exchange = new Exchange(question, $"GET {url}", target.Port, timeProvider);
        try
        {
            return await ReadAsync(url, exchange);
        }
        catch (Exception exception) when (HttpFailure.IsOfTheApp(exception))
        {
            agentStopping.ThrowIfCancellationRequested();
            var failure = question.Deadline.Token.IsCancellationRequested ? HttpFailure.TimedOut(exchange) : HttpFailure.Of(exception, exchange);
            return new Page(null, failure.Message);
        }
    }

    private async Task<Page> ReadAsync(HttpUrl url, Exchange exchange)
    {
        using var connection = await conversation.ConnectAsync(url, exchange);
        var answer = await conversation.AskAsync(connection, url, isSentElsewhere: false, exchange.Question);
        var body = await answer.ReadBodyAsync(HttpConversation.MaxBody, exchange.Question.Deadline.Token);
        var status = answer.StatusCode;
        return new Page(status, $"{exchange.Asked} answered {status} after {DurationText.Of(exchange.Elapsed)}")
        {
            Body = body,
            Server = answer.Headers.First("Server"),
            PoweredBy = answer.Headers.First("X-Powered-By"),
        };
    }
}
