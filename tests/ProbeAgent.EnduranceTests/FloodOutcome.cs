using System.Globalization;

namespace ProbeAgent.EnduranceTests;

/// <summary>
/// What the kubelet saw of a flood, what the flood did, and the most that the agent held meanwhile: connections by its own
/// count, descriptors by the kernel's. <c>LostScrapes</c> are those that would have told the count and got no answer.
/// </summary>
public sealed record FloodOutcome(
    KubeletTally Kubelet, FloodDamage Flood, double MostConnections, int MostDescriptors, int LostScrapes)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kubelet}\n{Flood}\nat most {MostConnections} connections, {MostDescriptors} descriptors; {LostScrapes} scrapes lost");
}
