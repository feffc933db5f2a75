using ProbeAgent.Probing;

namespace ProbeAgent.Serving;

/// <summary>Asks the app for one page, on a connection of its own that lives as long as this.</summary>
internal sealed class RelayClient(PodConnector connector, HttpUrl url, TlsHandshake tls, Exchange exchange) : HttpMessageHandler
{
    private AppConnection? connection;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        connection = await AppConnection.OpenAsync(connector, url.Host, url.Scheme == Uri.UriSchemeHttps ? tls : null, exchange);
        var response = await (connection.IsHttp2Chosen
            ? connection.SendByHttp2Async(request, cancellationToken)
            : connection.SendAsync(request, cancellationToken));

        // A head that leaves open where the body ends, or a status that is none, is not passed on.
        if (HeadRule.Violation(response.Version, AnswerHeaders.Of(response)) is null && (int)response.StatusCode is >= 200 and <= 599)
        {
            return response;
        }

        response.Dispose();
        throw new HttpRequestException(HttpRequestError.InvalidResponse);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connection?.Dispose();
        }

        base.Dispose(disposing);
    }
}
