using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ProbeAgent.ParityTests.Cases;

namespace ProbeAgent.ParityTests;

/// <summary>With host <c>auto</c> the app is asked by the pod's address, as the kubelet asks it, wherever it listens.</summary>
public sealed class AutoHostTests(ParityLab lab)
{
    private const int LaneCount = 3;

    private static readonly string[] Groups = ["auto-ipv4", "auto-ipv6"];

    internal static IEnumerable<string> Ids => Groups.SelectMany(group => AutoHostCases.Of(group)
        .Select(one => one.Id)
        .SelectMany(id => new[] { id, "wire/" + id })
        .Append($"{group}/listens-on-pod-address-only")
        .Append($"{group}/listens-on-loopback-only"));

    [Theory]
    [InlineData("auto-ipv4")]
    [InlineData("auto-ipv6")]
    public async Task TheAgentSaysWhatTheKubeletSays(string group)
    {
        var pod = PodAddress(group);
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();
        var neighbours = await lab.NeighboursAsync();
        await using var lanes = await LaneSet.StartAsync(
            LaneCount, () => Lane.AutoAsync(prober, neighbours, pod, listen: IPAddress.IPv6Any));

        var measured = await lanes.CompareAsync(AutoHostCases.Of(group));

        Report.Write(group, measured, judgement);
        // An app that gives no answer is asked again, which the kubelet does not.
        var answered = measured.Where(one => !one.Id.Contains("/closing-", StringComparison.Ordinal));
        Report.AssertNone(judgement.Findings(measured).Concat(judgement.RequestFindings(answered)));
    }

    [Theory]
    [InlineData("auto-ipv4", "pod-address-only")]
    [InlineData("auto-ipv6", "pod-address-only")]
    [InlineData("auto-ipv4", "loopback-only")]
    [InlineData("auto-ipv6", "loopback-only")]
    public async Task TheAgentFindsTheAppWhereItListens(string group, string where)
    {
        var pod = PodAddress(group);
        var judgement = await lab.JudgementAsync();
        var prober = await lab.ProberAsync();
        var neighbours = await lab.NeighboursAsync();
        var loopback = pod.AddressFamily is AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        var listen = where == "loopback-only" ? loopback : pod;
        await using var lanes = await LaneSet.StartAsync(1, () => Lane.AutoAsync(prober, neighbours, pod, listen));

        var measured = await lanes.CompareAsync(
            [Catalogue.All.Single(one => one.Id == "status/200") with { Id = $"{group}/listens-on-{where}" }]);

        Report.AssertNone(judgement.Findings(measured));
    }

    private static IPAddress PodAddress(string group)
    {
        var family = group == "auto-ipv4" ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        var address = NetworkInterface.GetAllNetworkInterfaces()
            .Where(one => one.OperationalStatus is OperationalStatus.Up && one.NetworkInterfaceType is not NetworkInterfaceType.Loopback)
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address)
            .FirstOrDefault(one => one.AddressFamily == family && !one.IsIPv6LinkLocal);
        Assert.SkipWhen(address is null, $"needs an address of the family {family} on an interface that is not loopback");
        return address;
    }
}
