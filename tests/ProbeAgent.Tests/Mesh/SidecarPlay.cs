using System.Net.Sockets;
using System.Text;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Mesh;

/// <summary>What sidecars, and those who look like them, answer; word for word as their sources say.</summary>
internal static class SidecarPlay
{
    public const string Istio = "HTTP/1.1 400 Bad Request\r\nDate: Sun, 29 Nov 2026 06:00:00 GMT\r\nContent-Length: 60\r\n"
        + "Content-Type: text/plain; charset=utf-8\r\n\r\napp prober config does not exists for /app-health/none/livez";

    public const string KumaReady = "HTTP/1.1 200 OK\r\nCache-Control: no-cache, max-age=0\r\nContent-Length: 5\r\n"
        + "Content-Type: text/plain\r\nX-Powered-By: kuma-dp\r\n\r\nREADY";

    public const string KumaTerminating = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 11\r\nX-Powered-By: kuma-dp\r\n\r\nTERMINATING";

    public const string EnvoyLive = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\nServer: envoy\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n5\r\nLIVE\n\r\n0\r\n\r\n";

    public const string KumaForbids = "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n"
        + "Content-Length: 10\r\n\r\nforbidden\n";

    public const string EnvoyForbids = "HTTP/1.1 405 Method Not Allowed\r\nServer: envoy\r\nContent-Length: 18\r\n\r\nMethod Not Allowed";

    public const string NotFound = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /// <summary>An answer of that code and body.</summary>
    public static string Answer(int code, string body) => $"HTTP/1.1 {code} Whatever\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    /// <summary>Answers each path so; any other one with 404.</summary>
    public static Func<Socket, CancellationToken, Task> By(params (string Path, string Answer)[] answers) => async (socket, end) =>
    {
        var stream = new NetworkStream(socket);
        var path = (await Play.ReadHeadAsync(stream, end)).Split(' ')[1];
        var answer = answers.Where(one => one.Path == path).Select(one => one.Answer).FirstOrDefault(NotFound);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), end);
        await Play.UntilLeftAsync(stream, end);
    };

    /// <summary>Answers every path so.</summary>
    public static Func<Socket, CancellationToken, Task> Always(string answer) => Play.Answer(answer);
}
