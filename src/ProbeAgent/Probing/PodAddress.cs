using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ProbeAgent.Probing;

/// <summary>
/// The pod's own address: the one on which a probe reached us, else the first of an interface that is not loopback. It does not
/// change while the pod lives, so it is looked up once.
/// </summary>
internal sealed class PodAddress
{
    private IPAddress? ofInterfaces;

    /// <summary>The pod's address as seen by a caller that reached us on <paramref name="reachedOn"/>; null where nobody did.</summary>
    public IPAddress SeenBy(IPAddress? reachedOn)
    {
        var address = reachedOn is { IsIPv4MappedToIPv6: true } ? reachedOn.MapToIPv4() : reachedOn;
        return address is null || IPAddress.IsLoopback(address) ? OfInterfaces() : address;
    }

    /// <summary>Every address of this pod, loopback included; none where they cannot be read.</summary>
    public static IReadOnlyList<IPAddress> All()
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces()
                    .SelectMany(card => card.GetIPProperties().UnicastAddresses)
                    .Select(unicast => unicast.Address),
            ];
        }
        catch (Exception exception) when (exception is NetworkInformationException or IOException or UnauthorizedAccessException)
        {
            // No /proc, or no descriptor left: loopback always is there.
            return [];
        }
    }

    private IPAddress OfInterfaces() => ofInterfaces
        ?? (ofInterfaces = All().Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)
            .OrderBy(address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
            .FirstOrDefault())
        ?? IPAddress.Loopback;
}
