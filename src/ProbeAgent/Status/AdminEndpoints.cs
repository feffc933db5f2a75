using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace ProbeAgent.Status;

/// <summary>The admin port: loopback only, and nothing on it is reachable through the public port.</summary>
/// <param name="source">What the agent knows.</param>
/// <param name="effectiveConfiguration">The configuration as YAML, without secrets.</param>
internal sealed class AdminEndpoints(StatusSource source, string effectiveConfiguration)
{
    /// <summary>Answers a request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        if (context.Request.Method is not ("GET" or "HEAD"))
        {
            context.Response.Headers[HeaderNames.Allow] = "GET, HEAD";
            return WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "text/plain; charset=utf-8", "only GET and HEAD\n");
        }

        if (!IsLoopback(context.Request.Host.Host))
        {
            return WriteAsync(context, StatusCodes.Status421MisdirectedRequest, "text/plain; charset=utf-8", "ask by localhost\n");
        }

        return context.Request.Path.Value switch
        {
            "/" => WritePageAsync(context),
            "/status.json" => WriteStatusAsync(context),
            "/config" => WriteAsync(context, StatusCodes.Status200OK, "text/yaml; charset=utf-8", effectiveConfiguration),
            _ => WriteAsync(context, StatusCodes.Status404NotFound, "text/plain; charset=utf-8", "/, /status.json and /config are here\n"),
        };
    }

    // Behind `kubectl port-forward` a page in a browser could reach this port under a name of its own (DNS rebinding).
    private static bool IsLoopback(string host) =>
        host is "" or "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private Task WritePageAsync(HttpContext context)
    {
        var isStill = context.Request.Query.ContainsKey("still");
        return WriteAsync(
            context, StatusCodes.Status200OK, "text/html; charset=utf-8", StatusPage.Render(source.Take(), effectiveConfiguration, isStill));
    }

    private Task WriteStatusAsync(HttpContext context)
    {
        var status = source.Take();
        // The draft wants a failing status to be a failing answer.
        var code = status.Status == "fail" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return WriteAsync(
            context, code, StatusDocument.ContentType, JsonSerializer.Serialize(status, StatusJson.Default.StatusDocument) + "\n");
    }

    private static Task WriteAsync(HttpContext context, int code, string contentType, string text)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = contentType;
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        context.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        context.Response.Headers[HeaderNames.ContentSecurityPolicy] = StatusPage.SecurityPolicy;
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        var body = Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength = body.Length;
        return context.Request.Method == "HEAD"
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
