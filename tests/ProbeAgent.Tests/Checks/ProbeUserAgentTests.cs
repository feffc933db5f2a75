using ProbeAgent.Checks;

namespace ProbeAgent.Tests.Checks;

public sealed class ProbeUserAgentTests
{
    [Theory]
    [InlineData("kube-probe/1.36")]
    [InlineData("kube-probe/1.36+")]
    public void For_TheKubelet_IsItsOwn(string userAgent) => Assert.Equal(userAgent, ProbeUserAgent.For(userAgent));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("curl/8")]
    [InlineData("kube-probe/")]
    [InlineData("kube-probe/1.36 evil")]
    [InlineData("kube-probe/1.36\n")]
    [InlineData("kube-probe/11111111111111111")]
    [InlineData("x kube-probe/1.36")]
    public void For_AnyoneElse_IsOurs(string? userAgent) => Assert.Equal("kube-probe/1.0", ProbeUserAgent.For(userAgent));
}
