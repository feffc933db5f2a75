using System.Net.Security;
using System.Text;
using ProbeAgent.Probing;

namespace ProbeAgent.Serving;

/// <summary>The question of one relayed page: over a connection of its own, to wherever in the pod the app listens.</summary>
internal sealed class RelayRequest(HttpUrl url, PodConnector connector, Exchange exchange, TimeProvider timeProvider) : HttpMessageHandler
{
    private AppConnection? connection;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Inside the pod, as the checks: no certificate names a pod's address.
        var tls = url.Scheme == Uri.UriSchemeHttps
            ? new TlsHandshake([SslApplicationProtocol.Http2, SslApplicationProtocol.Http11], authorities: null, configuredHost: null, timeProvider)
            : null;
        connection = await AppConnection.OpenAsync(connector, url.Host, tls, exchange);
        var response = connection.IsHttp2Chosen
            ? await connection.SendByHttp2Async(request)
            : await connection.SendAsync(request, HeadOf(request));

        // A head that leaves open where the body ends, or a status that is none, is not passed on.
        if (HeadRule.Violation(response) is null && (int)response.StatusCode is >= 200 and <= 599)
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

    private static byte[] HeadOf(HttpRequestMessage request)
    {
        var head = new StringBuilder($"GET {request.RequestUri!.PathAndQuery} HTTP/1.1\r\n");
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            foreach (var value in values)
            {
                head.Append(name).Append(": ").Append(value).Append("\r\n");
            }
        }

        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
    }
}
