using ProbeAgent.Serving;

namespace ProbeAgent.Tests.Serving;

public sealed class HookUserAgentTests
{
    [Theory]
    [InlineData("kube-lifecycle/1.36")]
    [InlineData("kube-lifecycle/1.36+")]
    [InlineData("kube-lifecycle/1234567890.12345")]
    public void For_TheKubelets_IsPassedOn(string userAgent) => Assert.Equal(userAgent, HookUserAgent.For(userAgent));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("kube-probe/1.36")]
    [InlineData("kube-lifecycle/")]
    [InlineData("kube-lifecycle/1.36 x")]
    [InlineData("kube-lifecycle/1.36\n")]
    [InlineData("Kube-Lifecycle/1.36")]
    [InlineData("x kube-lifecycle/1.36")]
    [InlineData("kube-lifecycle/12345678901234567")]
    public void For_AnyOther_IsOurOwn(string? userAgent) => Assert.Equal("kube-lifecycle/1.0", HookUserAgent.For(userAgent));
}
