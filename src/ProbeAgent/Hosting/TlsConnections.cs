using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace ProbeAgent.Hosting;

/// <summary>Speaks TLS on the connections of a port. Kestrel's own way of doing so needs the services of a web host.</summary>
internal sealed partial class TlsConnections(ServingCertificate certificate, TimeProvider timeProvider, ILogger<TlsConnections> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Makes the handshake, and hands the connection on in clear.</summary>
    public async Task HandleAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var wire = connection.Transport;
        await using var tls = new SslStream(new PipeStream(wire), leaveInnerStreamOpen: true);
        if (!await TryShakeHandsAsync(tls, connection))
        {
            return;
        }

        // A connection without a request has no buffer: it is asked first whether there is something to read.
        var reader = PipeReader.Create(tls, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
        var writer = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
        var feature = new TlsFeature(tls.NegotiatedApplicationProtocol);
        connection.Features.Set<ITlsConnectionFeature>(feature);
        connection.Features.Set<ITlsApplicationProtocolFeature>(feature);
        connection.Transport = new PipePair(reader, writer);
        try
        {
            await next(connection);
        }
        finally
        {
            await reader.CompleteAsync();
            await writer.CompleteAsync();
            connection.Transport = wire;
        }
    }

    private async Task<bool> TryShakeHandsAsync(SslStream tls, ConnectionContext connection)
    {
        using var deadline = new CancellationTokenSource(Patience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, connection.ConnectionClosed);
        try
        {
            await tls.AuthenticateAsServerAsync(Options(), either.Token);
            return true;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or OperationCanceledException)
        {
            Log.NoHandshake(logger, exception.Message);
            connection.Abort();
            return false;
        }
    }

    private SslServerAuthenticationOptions Options() => new()
    {
        ServerCertificateContext = certificate.Current.Context,
#pragma warning disable CA5398 // What is below is refused by every API server that there is.
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        AllowRenegotiation = false,
    };

    private static partial class Log
    {
        [LoggerMessage(5024, LogLevel.Debug, "A TLS handshake failed: {Problem}")]
        public static partial void NoHandshake(ILogger logger, string problem);
    }
}
