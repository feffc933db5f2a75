using System.Text.RegularExpressions;

namespace ProbeAgent.Configuration;

/// <summary>
/// Reads a target: <c>:80/status</c>, <c>http://HOST:80/status</c>, <c>https://:8443/</c>, <c>tcp://:6379</c>,
/// <c>grpc://:9090/service</c>.
/// </summary>
internal sealed partial class TargetReader(Surroundings surroundings)
{
    private const string Examples = "write ':80/status', 'https://:8443/status', 'tcp://:6379' or 'grpc://:9090'";

    /// <summary>What a check asks.</summary>
    public Judged<CheckAction> Check(string text)
    {
        if (text.Any(char.IsControl))
        {
            return Judged<CheckAction>.No("has a line break or another control character in it; did it come from a file with an end of line?");
        }

        var match = Shape().Match(text);
        if (!match.Success)
        {
            return Judged<CheckAction>.No($"is not a target; {Suggestion(text)}");
        }

        var scheme = match.Groups["scheme"].Value is { Length: > 0 } named ? named.ToLowerInvariant() : "http";
        if (scheme is not ("http" or "https" or "tcp" or "grpc"))
        {
            return Judged<CheckAction>.No($"has the scheme '{scheme}', which is no kind of check; {Examples}");
        }

        var (hostText, portText, rest) = (match.Groups["host"].Value, match.Groups["port"].Value, match.Groups["rest"].Value);
        if (!match.Groups["port"].Success && PortNumber.Parse(hostText) is { } bare)
        {
            return Judged<CheckAction>.No($"has {bare} where a host is; did you mean '{scheme}://:{bare}{rest}'?");
        }

        var host = PodHost.Judge(hostText, surroundings);
        if (host.Wrong is not null)
        {
            return Judged<CheckAction>.No($"names the host '{hostText}', which {host.Wrong}");
        }

        var port = match.Groups["port"].Success ? PortNumber.Parse(portText) : DefaultPort(scheme);
        return port is { } number
            ? Action(scheme, host.Value!, number, rest)
            : Judged<CheckAction>.No($"has the port '{portText}'; a port is a number from 1 to 65535, as in ':80/status'");
    }

    /// <summary>A page that is fetched by HTTP.</summary>
    public Judged<HttpGetAction> Page(string text)
    {
        var judged = Check(text);
        return judged switch
        {
            { Wrong: { } wrong } => Judged<HttpGetAction>.No(wrong),
            { Value: HttpGetAction page } => Judged<HttpGetAction>.Right(page),
            _ => Judged<HttpGetAction>.No("is no page; write ':80/metrics' or 'https://:8443/metrics'"),
        };
    }

    private static int? DefaultPort(string scheme) => scheme switch
    {
        "http" => 80,
        "https" => 443,
        _ => null,
    };

    private Judged<CheckAction> Action(string scheme, PodHost host, int port, string rest) => scheme switch
    {
        "tcp" when rest.Length == 0 => Judged<CheckAction>.Right(new TcpSocketAction(host, port)),
        "tcp" => Judged<CheckAction>.No($"has a path, and a TCP check has none; write 'tcp://{host}:{port}'"),
        "grpc" => Grpc(host, port, rest),
        _ => Http(scheme == "https" ? HttpScheme.Https : HttpScheme.Http, host, port, rest),
    };

    private Judged<CheckAction> Http(HttpScheme scheme, PodHost host, int port, string rest)
    {
        if (scheme == HttpScheme.Https && surroundings.IsThePod && !surroundings.HasTls())
        {
            return Judged<CheckAction>.No(ActionReader.NoTls);
        }

        var path = HttpPath.Parse(rest);
        return path.Wrong is { } wrong
            ? Judged<CheckAction>.No(wrong)
            : Judged<CheckAction>.Right(new HttpGetAction(host, port, path.Value!.Path, path.Value.Query) { Scheme = scheme });
    }

    private static Judged<CheckAction> Grpc(PodHost host, int port, string rest)
    {
        var service = rest.StartsWith('/') ? rest[1..] : rest;
        var judged = ValueRule.Service(service);
        return judged.Wrong is null && !service.AsSpan().ContainsAny('?', '#')
            ? Judged<CheckAction>.Right(new GrpcAction(host, port) { Service = service })
            : Judged<CheckAction>.No($"asks for '{service}', which is not the name of a gRPC service; write 'grpc://:9090' or 'grpc://:9090/shop.v1.Orders'");
    }

    private static string Suggestion(string text) => text switch
    {
        _ when text != text.Trim() => "there is a space before or after it; leave that out",
        _ when PortNumber.Parse(text) is { } port => $"did you mean ':{port}/'?",
        _ when text.StartsWith('/') => $"a port is missing; did you mean ':80{text}'?",
        _ when PortNumber.Parse(text.Split('/')[0].Split(':')[^1]) is not null && !text.Contains("://", StringComparison.Ordinal) =>
            $"did you mean 'http://{text}'?",
        _ => Examples,
    };

    // Without a scheme the text begins with the port, so that a forgotten scheme is seen rather than guessed.
    [GeneratedRegex(@"^(((?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://(?<host>\[[^\]/]*\]|[^:/?#\[\]]*)(:(?<port>[^/?#:]*))?)|(:(?<port>[^/?#:]*)))(?<rest>([/?#].*)?)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
