using System.Net;
using ProbeAgent.Probing;

namespace ProbeAgent.Hosting;

/// <summary>The addresses that a target may name.</summary>
internal static class PodInterfaces
{
    /// <summary>Those of all interfaces of this pod.</summary>
    public static IReadOnlyList<IPAddress> Addresses() => PodAddress.All();
}
