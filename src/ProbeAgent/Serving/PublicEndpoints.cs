using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Serving;

/// <summary>The public port: which path leads where. Everything else is 404.</summary>
internal sealed partial class PublicEndpoints(
    ProbeEndpoint probes, AgentMetrics metrics, UnknownNames unknown, ILogger<PublicEndpoints> logger)
{
    /// <summary>Answers a request; nothing that goes wrong in it reaches another one.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var slot = context.Features.Get<ConnectionSlot>();
        slot?.BeginAnswer();
        try
        {
            await DispatchAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up.
        }
        catch (Exception exception)
        {
            Log.Bug(logger, exception);
            if (!context.Response.HasStarted)
            {
                await PlainAnswer.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "internal_error\n");
            }
        }
        finally
        {
            slot?.EndAnswer();
        }
    }

    private async Task DispatchAsync(HttpContext context)
    {
        // The raw target: Kestrel's own path is decoded and folded, and `/%6civez` must not be `/livez`.
        var target = RequestTarget.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (Route(target) is not { } handle)
        {
            unknown.Count();
            await PlainAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "not found\n");
            return;
        }

        // Methods are case-sensitive (RFC 9110, 9.1), so `get` is another one.
        if (context.Request.Method is not ("GET" or "HEAD"))
        {
            context.Response.Headers[HeaderNames.Allow] = "GET, HEAD";
            await PlainAnswer.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "only GET and HEAD\n");
            return;
        }

        if (context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody)
        {
            context.Response.Headers[HeaderNames.Connection] = "close";
            await PlainAnswer.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "no request here has a body\n");
            return;
        }

        await handle(context);
    }

    private RequestDelegate? Route(RequestTarget target) => target.Path switch
    {
        "/-/healthy" or "/-/ready" => static context => PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, "ok"),
        "/metrics" => ExportAsync,
        _ when ProbePath.Parse(target.Path) is { } path => context => probes.HandleAsync(context, path, target),
        _ => null,
    };

    private async Task ExportAsync(HttpContext context)
    {
        var accept = context.Request.Headers.Accept.ToString();
        var (page, contentType) = await metrics.Page.TakeAsync(accept);

        // A page costs more than a probe: no connection gets more than one of them.
        context.Response.Headers[HeaderNames.Connection] = "close";
        await PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, page, contentType);
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Error, "A request could not be answered: a bug of the agent, not of the app; please report it")]
        public static partial void Bug(ILogger logger, Exception exception);
    }
}
