using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using ProbeAgent.Admission;
using ProbeAgent.Serving;

namespace ProbeAgent.Hosting;

/// <summary>The port for API servers: <c>POST /mutate</c>. Everything else is 404.</summary>
internal sealed partial class WebhookEndpoints(Reviewer reviewer, ReviewBodies bodies, ILogger<WebhookEndpoints> logger)
{
    /// <summary>Answers a request; nothing that goes wrong in it reaches another one.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await DispatchAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up.
        }
        catch (OperationCanceledException)
        {
            await RefuseAsync(context, StatusCodes.Status408RequestTimeout, "the body has not come in time");
        }
        catch (Exception exception) when (exception is IOException or BadHttpRequestException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "the body broke off");
        }
        catch (Exception exception)
        {
            Log.Bug(logger, exception);
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, "internal_error");
        }
    }

    private Task DispatchAsync(HttpContext context)
    {
        // The API server adds ?timeout=2s.
        if (RequestTarget.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget).Path != "/mutate")
        {
            return RefuseAsync(context, StatusCodes.Status404NotFound, "not found");
        }

        if (context.Request.Method != "POST")
        {
            context.Response.Headers[HeaderNames.Allow] = "POST";
            return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "only POST");
        }

        return MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.MediaType != "application/json"
            ? RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "only application/json")
            : MutateAsync(context);
    }

    private async Task MutateAsync(HttpContext context)
    {
        if (!await bodies.TryReadAsync(context.Request, body => AnswerAsync(context, body)))
        {
            await RefuseAsync(
                context,
                StatusCodes.Status413PayloadTooLarge,
                string.Create(CultureInfo.InvariantCulture, $"a review of more than {ReviewBodies.MaxBytes} bytes is none of an API server's"));
        }
    }

    private async Task AnswerAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        // Off the thread that waits for all sockets: four others do the work, so that no more than four reviews are thought about at once.
        await Task.Yield();
        var (request, mistake) = AdmissionReviewReader.Read(body);
        if (request is null)
        {
            reviewer.Refused(mistake!);
            await RefuseAsync(context, StatusCodes.Status400BadRequest, mistake!);
            return;
        }

        await PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, reviewer.Review(request), "application/json");
    }

    private static async Task RefuseAsync(HttpContext context, int code, string sentence)
    {
        if (!context.Response.HasStarted)
        {
            await PlainAnswer.WriteAsync(context, code, sentence + "\n");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5025, LogLevel.Error, "A review could not be answered: a bug of probe-agent; please report it")]
        public static partial void Bug(ILogger logger, Exception exception);
    }
}
