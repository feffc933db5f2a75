using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using ProbeAgent.Lab;

namespace ProbeAgent.ParityTests;

/// <summary>
/// A well-behaved app that speaks HTTP/2, over TLS or with prior knowledge, remembers what it was asked, and is well: with the
/// gRPC health service as with anything else, but that <c>/status</c> leads to <c>/next</c>.
/// </summary>
internal sealed partial class RecordingApp : IAsyncDisposable
{
    private static readonly byte[] Serving = [0, 0, 0, 0, 2, 8, 1];

    private readonly ConcurrentQueue<string> received = new();
    private readonly WebApplication app;

    private RecordingApp(WebApplication app, int port)
    {
        this.app = app;
        Port = port;
        app.Run(AnswerAsync);
    }

    public int Port { get; }

    public static async Task<RecordingApp> StartAsync(bool tls)
    {
        var port = FreePort.Next();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            server.Listen(IPAddress.Loopback, port, listening =>
            {
                listening.Protocols = HttpProtocols.Http2;
                if (tls)
                {
                    listening.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = TlsFaces.SelfSigned });
                }
            });
        });
        if (tls)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        var recording = new RecordingApp(builder.Build(), port);
        await recording.app.StartAsync();
        return recording;
    }

    /// <summary>What was asked since the last call: a text for each request, its header lines sorted.</summary>
    public IReadOnlyList<string> TakeReceived()
    {
        var taken = new List<string>();
        while (received.TryDequeue(out var request))
        {
            taken.Add(request.Replace($"127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}", "{host}:{port}", StringComparison.Ordinal));
        }

        return taken;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        received.Enqueue(Text(context.Request, Convert.ToHexString(body.ToArray())));

        var response = context.Response;
        if (context.Request.Path == "/status")
        {
            response.StatusCode = StatusCodes.Status302Found;
            response.Headers.Location = "/next";
        }
        else if (context.Request.Method == HttpMethods.Post)
        {
            response.ContentType = "application/grpc";
            await response.Body.WriteAsync(Serving);
            response.AppendTrailer("grpc-status", "0");
        }
    }

    // Microseconds pass: how much of the time is left is no difference.
    [GeneratedRegex("^(grpc-timeout): [0-9]{1,8}[HMSmun]$")]
    private static partial Regex GrpcTimeout();

    [GeneratedRegex("(?<=^user-agent: .* grpc-go/)[^ ]+$")]
    private static partial Regex GrpcLibrary();

    private static string Text(HttpRequest request, string body)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var lines = request.Headers
            .SelectMany(header => header.Value.Select(value => $"{header.Key.ToLowerInvariant()}: {value}"))
            .Select(line => GrpcTimeout().Replace(line, "$1: {time}"))
            .Select(line => GrpcLibrary().Replace(line, "{version}"))
            .Append($"body: {body}")
            // A stable sort by the names: values of one name have an order.
            .OrderBy(line => line.Split(':')[0], StringComparer.Ordinal);
        return string.Join('\n', [$"{request.Method} {request.Scheme} {target} {request.Protocol}", .. lines]);
    }
}
