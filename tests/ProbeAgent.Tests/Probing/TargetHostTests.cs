using System.Net;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Probing;

public sealed class TargetHostTests
{
    private static readonly IPAddress Pod = IPAddress.Parse("10.0.0.5");

    [Fact]
    public void Candidates_OfAuto_AreLoopbackOfBothKindsThenThePod() =>
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback, Pod], TargetHost.Auto.CandidatesFor(Pod));

    [Fact]
    public void Candidates_OfANamedHost_AreThatHostOnly() =>
        Assert.Equal([IPAddress.Loopback], new TargetHost("127.0.0.1", [IPAddress.Loopback]).CandidatesFor(Pod));

    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5")]
    [InlineData("fd00::5", "[fd00::5]")]
    public void Name_OfAuto_IsThePodsAddress(string pod, string expected) =>
        Assert.Equal(expected, TargetHost.Auto.NameFor(IPAddress.Parse(pod)));

    [Fact]
    public void SeenBy_AMappedAddress_IsTheIPv4Address() => Assert.Equal(Pod, new PodAddress().SeenBy(Pod.MapToIPv6()));

    [Fact]
    public void SeenBy_Loopback_IsNotLoopbackWhereThereIsAnotherInterface()
    {
        Assert.SkipUnless(PodAddress.All().Any(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal), "needs a network interface");

        Assert.False(IPAddress.IsLoopback(new PodAddress().SeenBy(IPAddress.Loopback)));
    }
}
