using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using ProbeAgent.Serving;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Hosting;

/// <summary>The webhook's port for the kubelet and Prometheus, which speak no TLS to it: its probes and its metrics.</summary>
/// <param name="page">The metrics.</param>
/// <param name="whatIsMissing">Why API servers should not ask now, in a few words; null where they may.</param>
internal sealed class WebhookOwnEndpoints(MetricsPage page, Func<string?> whatIsMissing)
{
    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var path = RequestTarget.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget).Path;
        if (path is not ("/metrics" or "/-/healthy" or "/-/ready"))
        {
            await PlainAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "not found\n");
            return;
        }

        if (context.Request.Method is not ("GET" or "HEAD"))
        {
            context.Response.Headers[HeaderNames.Allow] = "GET, HEAD";
            await PlainAnswer.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "only GET and HEAD\n");
            return;
        }

        if (path == "/metrics")
        {
            var (text, contentType) = await page.TakeAsync(context.Request.Headers.Accept.ToString());
            await PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, text, contentType);
            return;
        }

        var missing = path == "/-/ready" ? whatIsMissing() : null;
        await PlainAnswer.WriteAsync(
            context, missing is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, missing is null ? "ok" : missing + "\n");
    }
}
