using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using ProbeAgent.Probing;
using Yarp.ReverseProxy.Forwarder;

namespace ProbeAgent.Serving;

/// <summary>What of a request goes to the app, and what of its answer comes back: all that is named here, and nothing else.</summary>
internal sealed class RelayTransformer(HttpUrl url) : HttpTransformer
{
    private static readonly string[] ToApp = [HeaderNames.Accept, HeaderNames.AcceptEncoding, HeaderNames.UserAgent];
    private static readonly string[] ToCaller = [HeaderNames.ContentType, HeaderNames.ContentEncoding];

    /// <inheritdoc/>
    public override ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        proxyRequest.RequestUri = url.ToUri();
        proxyRequest.Headers.Host = url.Authority;
        foreach (var name in ToApp)
        {
            if (httpContext.Request.Headers.TryGetValue(name, out var values))
            {
                proxyRequest.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return ValueTask.FromResult(false);
        }

        // The forwarder has passed the status on, and the app's own words for it, which are no part of it.
        httpContext.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = null;
        var response = httpContext.Response;
        PlainAnswer.MarkPrivate(response);
        foreach (var name in ToCaller)
        {
            if (proxyResponse.Content.Headers.NonValidated.TryGetValues(name, out var values) && values.All(IsPrintable))
            {
                response.Headers[name] = values.ToArray();
            }
        }

        // These have no body by their nature, and the server takes none for them.
        return ValueTask.FromResult(response.StatusCode is not (204 or 205 or 304));
    }

    /// <inheritdoc/>
    public override ValueTask TransformResponseTrailersAsync(
        HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    // The server would refuse to send anything else.
    private static bool IsPrintable(string value) => value.All(c => c is >= ' ' and <= '~');
}
