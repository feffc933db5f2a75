using System.Net;
using System.Net.Sockets;
using ProbeAgent.Configuration;

namespace ProbeAgent.Checks;

/// <summary>What to do where nobody listens at the port of a check, by what does listen in the pod.</summary>
internal static class PortAdvice
{
    private const int MaxNamed = 5;

    /// <summary>The advice, to follow «nothing listens on port 80; ».</summary>
    /// <param name="action">What the check asks.</param>
    /// <param name="dialled">The addresses at which it does.</param>
    /// <param name="agentPorts">The agent's own ports, which are not the app's.</param>
    /// <param name="listening">Where somebody listens.</param>
    public static string Of(
        CheckAction action, IReadOnlyList<IPAddress> dialled, IReadOnlyCollection<int> agentPorts, IReadOnlyList<IPEndPoint> listening)
    {
        var there = listening.Where(one => one.Port == action.Port).Select(one => one.Address).Distinct().ToList();
        if (there.Count > 0)
        {
            return there.Any(address => dialled.Any(asked => Covers(address, asked)))
                ? "now something does: it may have just started"
                : Elsewhere(action, there);
        }

        var others = listening.Select(one => one.Port).Except(agentPorts).Order().ToList();
        var apps = others.Where(port => ReservedPorts.OwnerOf(port) is null).ToList();
        if (apps.Count > 0)
        {
            return $"something listens on {Named(apps)}: if that is the app, correct `port`";
        }

        return others.Count > 0
            ? $"in the pod only ports of a mesh's sidecar are open ({Named(others)}): the app has not started, or has ended"
            : "nothing else listens in the pod: the app has not started, or has ended";
    }

    private static string Elsewhere(CheckAction action, List<IPAddress> addresses)
    {
        var where = $"port {action.Port} is open on {string.Join(" and ", addresses.Take(MaxNamed))}";
        return action.Host.Name is null
            ? $"{where}, where nobody looks for it: write that as `host`, or let the app listen on all addresses"
            : $"{where}: write `host: auto`, which finds it on loopback and on the pod's own address";
    }

    // Who listens on all addresses of IPv6 has those of IPv4 as well, unless it has said otherwise.
    private static bool Covers(IPAddress listening, IPAddress asked) =>
        listening.Equals(asked)
        || listening.Equals(IPAddress.IPv6Any)
        || (listening.Equals(IPAddress.Any) && asked.AddressFamily == AddressFamily.InterNetwork);

    private static string Named(List<int> ports)
    {
        var named = ports.Take(MaxNamed).Select(port => $"{port}").ToList();
        var more = ports.Count - named.Count;
        if (more > 0)
        {
            named.Add($"{more} more");
        }

        return named.Count == 1 ? named[0] : $"{string.Join(", ", named.SkipLast(1))} and {named[^1]}";
    }
}
