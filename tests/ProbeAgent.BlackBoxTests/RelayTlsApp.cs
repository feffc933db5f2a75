using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ProbeAgent.BlackBoxTests;

/// <summary>An app behind TLS with a certificate that nobody would believe; it gives each question one answer.</summary>
public sealed class RelayTlsApp : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 certificate = SelfSigned();
    private readonly string answer;
    private readonly Task serving;

    /// <summary>Starts with the bytes of its answer.</summary>
    public RelayTlsApp(string answer)
    {
        this.answer = answer;
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>The port it listens on.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What it was asked last, as it came.</summary>
    public string Received { get; private set; } = "";

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await serving;
        certificate.Dispose();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=nobody.example", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var socket = await listener.AcceptSocketAsync();
                await AnswerAsync(socket);
            }
            catch (Exception end) when (end is IOException or AuthenticationException)
            {
                // This caller is gone; the test sees what it got.
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsServerAsync(certificate);
        var chunk = new byte[4096];
        var text = "";
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(chunk) is > 0 and var count)
        {
            text += Encoding.Latin1.GetString(chunk, 0, count);
        }

        Received = text;
        await stream.WriteAsync(Encoding.Latin1.GetBytes(answer));
    }
}
