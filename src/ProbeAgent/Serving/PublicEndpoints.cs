using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using ProbeAgent.Checks;
using ProbeAgent.Mesh;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Serving;

/// <summary>The public port: which path leads where. Everything else is 404.</summary>
internal sealed partial class PublicEndpoints(
    ProbeEndpoint probes,
    IReadOnlyDictionary<string, RelayEndpoint> relays,
    HookEndpoint hooks,
    AgentMetrics metrics,
    CaptureWatch capture,
    UnknownNames unknown,
    ILogger<PublicEndpoints> logger)
{
    private const string RelayPrefix = "/relay/";

    private static readonly string[] GetAndHead = ["GET", "HEAD"];
    private static readonly string[] GetOnly = ["GET"];

    /// <summary>Answers a request; nothing that goes wrong in it reaches another one.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var slot = context.Features.Get<ConnectionSlot>();
        if (slot?.BeginAnswer() == false)
        {
            context.Response.Headers[HeaderNames.Connection] = "close";
        }

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
            EndAnswer(context, slot);
        }
    }

    private static void EndAnswer(HttpContext context, ConnectionSlot? slot)
    {
        if (HasBody(context))
        {
            slot?.WaitForRest();
        }
        else if (Closes(context.Request.Headers) || Closes(context.Response.Headers))
        {
            slot?.WaitForEnd();
        }
        else if (slot?.TryWaitForAnother() == false)
        {
            context.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().RequestClose();
            slot.WaitForEnd();
        }
    }

    private static bool Closes(IHeaderDictionary headers) =>
        headers.Connection.ToString().Contains("close", StringComparison.OrdinalIgnoreCase);

    private static bool HasBody(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody;

    private async Task DispatchAsync(HttpContext context)
    {
        // The raw target: Kestrel's own path is decoded and folded, and `/%6civez` must not be `/livez`.
        var target = RequestTarget.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (HookEndpoint.IsMeantBy(target))
        {
            await hooks.HandleAsync(context, target);
            return;
        }

        if (Route(target) is not var (handle, methods))
        {
            unknown.Count();
            await PlainAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "not found\n");
            return;
        }

        // Methods are case-sensitive (RFC 9110, 9.1), so `get` is another one.
        if (!methods.Contains(context.Request.Method))
        {
            context.Response.Headers[HeaderNames.Allow] = string.Join(", ", methods);
            await PlainAnswer.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, $"only {string.Join(" and ", methods)}\n");
            return;
        }

        if (HasBody(context))
        {
            context.Response.Headers[HeaderNames.Connection] = "close";
            await PlainAnswer.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "no request here has a body\n");
            return;
        }

        await handle(context);
    }

    private (RequestDelegate Handle, string[] Methods)? Route(RequestTarget target) => target.Path switch
    {
        "/-/healthy" or "/-/ready" => (context => AnswerForItselfAsync(context, target.Path), GetAndHead),
        "/metrics" => (ExportAsync, GetAndHead),
        _ when ProbePath.Parse(target.Path) is { } path => (context => probes.HandleAsync(context, path, target), GetAndHead),
        _ when RelayOf(target) is { } relay => (relay.HandleAsync, GetOnly),
        _ => null,
    };

    // No query: it would have to be passed on, and nothing of a caller chooses what the app is asked.
    private RelayEndpoint? RelayOf(RequestTarget target) =>
        target.Query is null && target.Path.StartsWith(RelayPrefix, StringComparison.Ordinal)
            ? relays.GetValueOrDefault(target.Path[RelayPrefix.Length..])
            : null;

    private Task AnswerForItselfAsync(HttpContext context, string path)
    {
        if (ProbeUserAgent.IsKubelet(context.Request.Headers.UserAgent))
        {
            capture.AskedForItself(context, path);
        }

        return PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, "ok");
    }

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
