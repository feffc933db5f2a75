using ProbeAgent.Lint;

namespace ProbeAgent.Tests.Lint;

/// <summary>Variables as the kubelet makes them (k8s third_party/forked/golang/expansion/expand_test.go).</summary>
public sealed class KubeletExpansionTests
{
    [Theory]
    [InlineData("$(VAR)", "value")]
    [InlineData("a$(VAR)b", "avalueb")]
    [InlineData("$(OTHER)", "$(OTHER)")]
    [InlineData("$$(VAR)", "$(VAR)")]
    [InlineData("$$$(VAR)", "$value")]
    [InlineData("$(VAR", "$(VAR")]
    [InlineData("$VAR $", "$VAR $")]
    [InlineData("$()", "$()")]
    [InlineData("$$", "$")]
    [InlineData("", "")]
    public void Of_Text_IsExpanded(string text, string expected) =>
        Assert.Equal(expected, KubeletExpansion.Of(text, name => name == "VAR" ? "value" : null));
}
