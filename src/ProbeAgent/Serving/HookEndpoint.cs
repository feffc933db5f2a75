using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using ProbeAgent.Checks;
using ProbeAgent.Probing;

namespace ProbeAgent.Serving;

/// <summary>
/// Runs lifecycle hooks for those who know their keys. The kubelet does not read the status of a hook (k8s
/// <c>pkg/kubelet/lifecycle</c>): what would have failed without us is answered by closing the connection.
/// </summary>
internal sealed class HookEndpoint(IReadOnlyList<Hook> hooks, HooksUnderWay underWay, HookRecord record, TimeProvider timeProvider)
{
    private const string Prefix = "/app-lifecycle/";

    /// <summary>True for every path that could be meant for a hook: none of them is answered 404.</summary>
    public static bool IsMeantBy(RequestTarget target) => target.Path.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Runs the hook, or closes the connection.</summary>
    public async Task HandleAsync(HttpContext context, RequestTarget target)
    {
        if (Find(target) is not { } hook)
        {
            record.Refused();
            Close(context);
            return;
        }

        // A kept connection could be reset under the kubelet's next hook.
        context.Response.Headers[HeaderNames.Connection] = "close";
        if (context.Request.Method != "GET")
        {
            context.Response.Headers[HeaderNames.Allow] = "GET";
            await PlainAnswer.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "only GET\n");
            return;
        }

        if (context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody)
        {
            await PlainAnswer.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "no request here has a body\n");
            return;
        }

        underWay.Begin();
        try
        {
            await RunAsync(context, hook);
        }
        catch (Exception exception)
        {
            // Any answer would be a success for the kubelet, which reads no status of a hook.
            record.Bug(exception);
            Close(context);
        }
        finally
        {
            underWay.End();
        }
    }

    // Aborted alone, the server may still take up a request that has come behind this one.
    private static void Close(HttpContext context)
    {
        context.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().RequestClose();
        context.Abort();
    }

    // Every hook is compared, whichever matches: the time it takes tells nobody which ones there are.
    private Hook? Find(RequestTarget target)
    {
        Hook? found = null;
        foreach (var hook in hooks)
        {
            found = hook.IsMeantBy(target) ? hook : found;
        }

        return found;
    }

    private async Task RunAsync(HttpContext context, Hook hook)
    {
        var started = timeProvider.GetTimestamp();
        AttemptResult result;
        try
        {
            var userAgent = HookUserAgent.For(context.Request.Headers[HeaderNames.UserAgent].ToString());
            result = await hook.RunAsync(context.Connection.LocalIpAddress, userAgent, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            record.CutOff(hook, timeProvider.GetElapsedTime(started));
            return;
        }

        record.Ran(hook, result);
        if (result.Reason is null)
        {
            await PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, "ok");
            return;
        }

        if (result.Reason is Reason.BadStatus)
        {
            await PlainAnswer.WriteAsync(context, AnswerCode.Of(result), $"{hook.Word} failed: {ReasonWord.Of(Reason.BadStatus)}\n");
            return;
        }

        Close(context);
    }
}
