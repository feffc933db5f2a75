using System.Text;
using Microsoft.Net.Http.Headers;

namespace ProbeAgent.Serving;

/// <summary>Writes answers whole and at once: a probe whose body breaks off is thrown away by the kubelet.</summary>
internal static class PlainAnswer
{
    /// <summary>The content type of everything but metrics.</summary>
    public const string Text = "text/plain; charset=utf-8";

    /// <summary>Sends a text.</summary>
    public static Task WriteAsync(HttpContext context, int code, string text) =>
        WriteAsync(context, code, Encoding.UTF8.GetBytes(text), Text);

    /// <summary>Sends bytes of another type.</summary>
    public static async Task WriteAsync(HttpContext context, int code, ReadOnlyMemory<byte> body, string contentType)
    {
        var response = context.Response;
        response.StatusCode = code;
        MarkPrivate(response);
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (context.Request.Method != "HEAD")
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>The headers of every answer: kept by nobody, taken for nothing but what it says it is.</summary>
    public static void MarkPrivate(HttpResponse response)
    {
        response.Headers[HeaderNames.CacheControl] = "no-store";
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
    }
}
