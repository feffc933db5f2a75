using System.Text.Json.Nodes;
using ProbeAgent.Manifests;

namespace ProbeAgent.Tests.Manifests;

/// <summary>Aliases stay where they still mean what is wanted, and are written out where not; anchors stay where they are.</summary>
public sealed class ManifestAliasTests
{
    [Theory]
    [InlineData("a: &x\n  k: 1 # c\nb: *x\n", """{"a": {"k": 2}, "b": {"k": 2}}""", "a: &x\n  k: 2 # c\nb: *x\n")]
    [InlineData("a: &x\n  k: 1 # c\nb: *x # d\n", """{"a": {"k": 2}, "b": {"k": 1}}""", "a: &x\n  k: 2 # c\nb: # d\n  k: 1\n")]
    [InlineData("a: &x\n  k: 1\nb: *x\n", """{"a": {"k": 1}, "b": {"k": 1, "l": 2}}""", "a: &x\n  k: 1\nb:\n  k: 1\n  l: 2\n")]
    [InlineData("a: &x 80\nb: [*x, 1]\nc: *x\n", """{"a": 80, "b": [81, 1], "c": 80}""", "a: &x 80\nb: [81, 1]\nc: *x\n")]
    [InlineData("a: &x 80 # c\nb: *x\n", """{"a": [1], "b": [1]}""", "a: &x # c\n  - 1\nb: *x\n")]
    [InlineData("a: &x {k: 1}\nb: *x\n", """{"b": {"k": 1}}""", "b:\n  k: 1\n")]
    [InlineData("a: &x\n  k: &y 1\nb: *x\nc: *y\n", """{"a": 7, "b": 7, "c": 1}""", "a: &x 7\nb: *x\nc: 1\n")]
    [InlineData("- &x\n  k: 1\n- *x\n", """[[1], {"k": 1}]""", "- &x\n  - 1\n- k: 1\n")]
    [InlineData("a: &x 1\nb: &x 2\nc: *x\n", """{"a": 1, "c": 2}""", "a: &x 1\nc: 2\n")]
    [InlineData("a: !!str 5 # c\nb: &x !!str 5\n", """{"a": 5, "b": 6}""", "a: 5 # c\nb: &x 6\n")]
    [InlineData("&k a: 1\nb: *k\n", """{"b": "a", "m": 1}""", "m: 1\nb: a\n")]
    [InlineData("a: &x [1]\nb: [p: *x]\n", """{"a": [2], "b": [{"p": [1]}]}""", "a: &x [2]\nb: [{p: [1]}]\n")]
    public void With_AnAlias_KeepsItOrWritesItOut(string text, string value, string expected) => Assert.Equal(expected, Changing.To(text, value));

    [Theory]
    [InlineData("x: &x\n  k: 1\n  l: 2\nb:\n  <<: *x # m\n  o: 3\n", """{"x": {"k": 1, "l": 2}, "b": {"k": 9, "l": 2, "o": 3}}""",
        "x: &x\n  k: 1\n  l: 2\nb:\n  <<: *x # m\n  o: 3\n  k: 9\n")]
    [InlineData("x: &x\n  k: 1\n  l: 2\nb:\n  <<: *x # m\n  o: 3\n", """{"x": {"k": 1, "l": 2}, "b": {"l": 2, "o": 3}}""",
        "x: &x\n  k: 1\n  l: 2\nb:\n  # m\n  l: 2\n  o: 3\n")]
    [InlineData("x: &x\n  k: 1\nb:\n  <<: *x\n  o: 3\n", """{"x": {"k": 2}, "b": {"k": 1, "o": 3}}""", "x: &x\n  k: 2\nb:\n  <<: *x\n  o: 3\n  k: 1\n")]
    [InlineData("x: &x\n  k: 1\nb:\n  <<: *x\n  o: 3\n", """{"b": {"k": 1, "o": 3}}""", "b:\n  k: 1\n  o: 3\n")]
    [InlineData("x: &x {k: 1}\nv: &y {k: 2, l: 2}\nb:\n  <<: [*x, *y]\n", """{"x": {"k": 1}, "v": {"k": 2, "l": 2}, "b": {"k": 1, "l": 5}}""",
        "x: &x {k: 1}\nv: &y {k: 2, l: 2}\nb:\n  <<: [*x, *y]\n  l: 5\n")]
    [InlineData("x: &x {k: 1}\nb: {<<: *x, o: 3}\n", """{"x": {"k": 1}, "b": {"o": 3}}""", "x: &x {k: 1}\nb: {o: 3}\n")]
    [InlineData("x: &x {k: 1}\nb:\n  <<: *x\n", """{"x": {"k": 1}, "b": {"z": 3}}""", "x: &x {k: 1}\nb:\n  z: 3\n")]
    [InlineData("x: &x {k: 1}\nb:\n  k: 5\n  <<: *x\n  o: 1\n", """{"x": {"k": 1}, "b": {"o": 1}}""", "x: &x {k: 1}\nb:\n  o: 1\n")]
    [InlineData("b:\n  i: &i {k: 1}\n  <<: *i\n", """{"b": {"i": {"k": 1}, "k": 2}}""", "b:\n  i: &i {k: 1}\n  <<: *i\n  k: 2\n")]
    [InlineData("b:\n  i: &i {k: 1}\n  <<: *i\n", """{"b": {"i": {"l": 1}, "k": 1}}""", "b:\n  i: &i {l: 1}\n  k: 1\n")]
    public void With_AMergeKey_KeepsItWhereItCan(string text, string value, string expected) => Assert.Equal(expected, Changing.To(text, value));

    [Fact]
    public void With_AKeyThatIsAnAlias_SaysWhereItCannotBe()
    {
        var file = ManifestFile.Read("a: &k x\nb:\n  *k : 1\n").File!;

        var (text, mistake) = file.With(new Dictionary<ManifestDocument, JsonNode> { [file.Documents[0]] = JsonNode.Parse("""{"a": "z", "b": {"x": 1}}""")! });

        Assert.Null(text);
        Assert.Equal((3, 3), (mistake!.At.Line, mistake.At.Column));
        Assert.StartsWith("what stands here cannot be changed without touching what is around it", mistake.Message, StringComparison.Ordinal);
    }
}
