using System.Globalization;
using System.Net;
using System.Runtime.ExceptionServices;
using Microsoft.Net.Http.Headers;
using ProbeAgent.Checks;
using ProbeAgent.Configuration;
using ProbeAgent.Probing;
using Yarp.ReverseProxy.Forwarder;

namespace ProbeAgent.Serving;

/// <summary>One relay: passes a plain page of the app on as it comes. What breaks is never made to look whole.</summary>
internal sealed class RelayEndpoint : IDisposable
{
    private const int MaxAtOnce = 2;

    // The forwarder wants a destination; where it leads to is the transformer's business.
    private const string AnyDestination = "http://app";

    private readonly HttpTarget target;
    private readonly PodConnector connector;
    private readonly TlsHandshake tls;
    private readonly IHttpForwarder forwarder;
    private readonly PodAddress podAddress;
    private readonly RelayRecord record;
    private readonly TimeProvider timeProvider;
    private readonly CancellationToken agentStopping;
    private readonly SemaphoreSlim slots = new(MaxAtOnce);

    /// <summary>A relay that passes on until <paramref name="agentStopping"/>.</summary>
    public RelayEndpoint(
        RelayConfiguration configuration,
        IHttpForwarder forwarder,
        PodAddress podAddress,
        RelayRecord record,
        TimeProvider timeProvider,
        CancellationToken agentStopping)
    {
        target = Targets.Of(configuration.Target, agentPorts: []);
        connector = new PodConnector(target.Host);
        tls = TlsHandshake.ForHttp(authorities: null, configuredHost: null, timeProvider);
        this.forwarder = forwarder;
        this.podAddress = podAddress;
        this.record = record;
        this.timeProvider = timeProvider;
        this.agentStopping = agentStopping;
    }

    /// <summary>Passes the page on, or turns the caller away where two others are being served.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!await slots.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            record.AnsweredByUs();
            await PlainAnswer.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "relay busy\n");
            return;
        }

        try
        {
            await RelayAsync(context);
        }
        finally
        {
            slots.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => slots.Dispose();

    private async Task RelayAsync(HttpContext context)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(agentStopping, context.RequestAborted);
        using var deadline = new Deadline(RelayDeadline.From(context.Request.Headers[RelayDeadline.Header]), timeProvider, gone.Token);
        var pod = podAddress.SeenBy(context.Connection.LocalIpAddress);
        var url = UrlFor(pod);
        var exchange = new Exchange(new Question(pod, UserAgent: "", deadline), $"GET {url}", target.Port, timeProvider);
        using var client = new HttpMessageInvoker(new RelayClient(connector, url, tls, exchange));

        // The forwarder would offer another protocol to the app.
        context.Request.Headers.Remove(HeaderNames.Upgrade);
        var error = await forwarder.SendAsync(
            context, AnyDestination, client, ForwarderRequestConfig.Empty, new RelayTransformer(url), deadline.Token);

        if (error == ForwarderError.None)
        {
            record.Remember(context.Response.StatusCode, RelayOutcome.Answered(context.Response.StatusCode, exchange));
            return;
        }

        if (IsCallersOwn(error, deadline))
        {
            return;
        }

        var exception = context.GetForwarderErrorFeature()!.Exception!;
        if (IsBug(exception, context))
        {
            record.AnsweredByUs();
            ExceptionDispatchInfo.Throw(exception);
        }

        var result = RelayOutcome.Failed(exception, exchange);
        record.Remember(AnswerCode.Of(result), result);

        // Once the head is out the forwarder has reset the connection: no caller takes a part for the whole.
        if (!context.Response.HasStarted)
        {
            await PlainAnswer.WriteAsync(context, AnswerCode.Of(result), $"relay failed: {ReasonWord.Of(result.Reason!.Value)}\n");
        }
    }

    // A caller that hung up, and the agent's own end, say nothing of the app.
    private static bool IsCallersOwn(ForwarderError error, Deadline deadline) =>
        !deadline.IsOver
        && error is ForwarderError.RequestCanceled or ForwarderError.ResponseBodyCanceled or ForwarderError.ResponseBodyClient;

    // Of a page that breaks off there may be two exceptions, one of each side.
    private static bool IsBug(Exception exception, HttpContext context) =>
        !context.Response.HasStarted && exception is not AggregateException && !HttpFailure.IsOfTheApp(exception);

    private HttpUrl UrlFor(IPAddress pod) => new(
        target.Scheme, target.Host.NameFor(pod), target.Port.ToString(CultureInfo.InvariantCulture), target.Path, target.Query);
}
