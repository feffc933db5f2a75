using System.Net;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing.Wire;

/// <summary>Asks a prober one question, as a check would.</summary>
internal static class Asker
{
    public const string UserAgent = "kube-probe/1.36";

    /// <summary>Longer than any healthy answer takes on a busy machine.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    /// <summary>What something has that came at the last moment.</summary>
    public static readonly TimeSpan LastPass = TimeSpan.FromMilliseconds(50);

    public static TargetHost Loopback { get; } = new("127.0.0.1", [IPAddress.Loopback]);

    public static TargetHost Localhost { get; } = new("localhost", [IPAddress.Loopback, IPAddress.IPv6Loopback]);

    public static HttpTarget Https(int port, TargetHost? host = null) =>
        new(host ?? Loopback, port, "/status", "", []) { Scheme = Uri.UriSchemeHttps };

    public static HttpTarget Http(int port, TargetHost? host = null) => new(host ?? Loopback, port, "/status", "", []);

    public static Task<AttemptResult> AskAsync(HttpTarget target, TimeProvider? time = null) =>
        AskAsync(new HttpProber(target, new PodConnector(target.Host), time ?? TimeProvider.System), time);

    public static Task<AttemptResult> AskAsync(IProber prober, TimeProvider? time = null) =>
        AskUntilAsync(prober, time ?? TimeProvider.System, CancellationToken.None);

    /// <summary>Asks as an agent that may be stopped meanwhile.</summary>
    public static async Task<AttemptResult> AskUntilAsync(IProber prober, TimeProvider time, CancellationToken stopping)
    {
        using var deadline = new Deadline(Budget, time, stopping);
        return await prober.AttemptAsync(new Question(IPAddress.Parse("10.0.0.7"), UserAgent, deadline), stopping);
    }
}
