using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>The pod's own address: the one on which a probe reached us, else the first of an interface that is not loopback.</summary>
internal static class PodAddress
{
    /// <summary>The pod's address as seen by a caller that reached us on <paramref name="reachedOn"/>; null where nobody did.</summary>
    public static IPAddress SeenBy(IPAddress? reachedOn)
    {
        if (reachedOn is null)
        {
            return OfInterfaces();
        }

        var address = reachedOn.IsIPv4MappedToIPv6 ? reachedOn.MapToIPv4() : reachedOn;
        return IPAddress.IsLoopback(address) ? OfInterfaces() : address;
    }

    /// <summary>Every address of this pod, loopback included.</summary>
    public static IReadOnlyList<IPAddress> All() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address),
    ];

    private static IPAddress OfInterfaces() =>
        All().Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)
            .OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
            .FirstOrDefault(IPAddress.Loopback);
}
