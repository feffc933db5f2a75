using System.Text.Json.Nodes;
using ProbeAgent.Admission;
using ProbeAgent.Injection;

namespace ProbeAgent.Tests.Admission;

public sealed class InjectionMarkTests
{
    [Fact]
    public void On_PodWithoutAnnotations_AddsThemAll() =>
        AssertPatched("""{"metadata": {"name": "a"}}""", "injected", """[{"op":"add","path":"/metadata/annotations","value":{"probe-agent/injection":"injected"}}]""");

    [Fact]
    public void On_PodWithNullForAnnotations_AddsThemAll() =>
        AssertPatched("""{"metadata": {"annotations": null}}""", "injected", """[{"op":"add","path":"/metadata/annotations","value":{"probe-agent/injection":"injected"}}]""");

    [Fact]
    public void On_PodWithAnnotations_AddsOneWithItsSlashEscaped() =>
        AssertPatched("""{"metadata": {"annotations": {"a": "b"}}}""", "injected", """[{"op":"add","path":"/metadata/annotations/probe-agent~1injection","value":"injected"}]""");

    [Theory]
    [InlineData("injected", "injected")]
    [InlineData("injected: a warning", "injected: another")]
    [InlineData("error: the mesh is not known", "error: something else")]
    [InlineData("error: the mesh is not known", "unchanged: the mesh came first")]
    public void On_PodThatSaysAsMuch_LeavesIt(string there, string text) =>
        AssertPatched($$$$"""{"metadata": {"annotations": {"probe-agent/injection": "{{{{there}}}}"}}}""", text, "[]");

    [Theory]
    [InlineData("error: of a manifest that was copied from a cluster", "injected")]
    [InlineData("injected", "error: of a manifest that was copied from a cluster")]
    [InlineData("whatever", "unchanged: the mesh came first")]
    public void On_PodThatSaysOtherwise_SaysWhatIs(string there, string text) =>
        AssertPatched(
            $$$$"""{"metadata": {"annotations": {"probe-agent/injection": "{{{{there}}}}"}}}""",
            text,
            $$"""[{"op":"add","path":"/metadata/annotations/probe-agent~1injection","value":"{{text}}"}]""");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"metadata": []}""")]
    [InlineData("""{"metadata": {"annotations": "none"}}""")]
    public void On_WhatIsNoPod_DoesNothing(string pod) => AssertPatched(pod, "injected", "[]");

    [Fact]
    public void Text_IsOneLineOf256Characters()
    {
        var text = InjectionMark.Text(InjectionDecision.Error, "a\nb\t" + new string('x', 500));

        Assert.StartsWith("error: a b x", text, StringComparison.Ordinal);
        Assert.EndsWith("x…", text, StringComparison.Ordinal);
        Assert.Equal(256, text.Length);
    }

    [Fact]
    public void Text_IsNotCutThroughACharacter()
    {
        var text = InjectionMark.Text(InjectionDecision.Error, new string('x', 247) + string.Concat(Enumerable.Repeat("😀", 20)));

        Assert.Equal('…', text[^1]);
        Assert.False(char.IsHighSurrogate(text[^2]));
    }

    private static void AssertPatched(string pod, string text, string patch) =>
        Assert.Equal(patch, InjectionMark.On(JsonNode.Parse(pod)!, text).ToJson().ToJsonString());
}
