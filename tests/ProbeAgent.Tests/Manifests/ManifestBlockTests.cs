using System.Text.Json.Nodes;

namespace ProbeAgent.Tests.Manifests;

/// <summary>What a change makes of a text in blocks, to the letter.</summary>
public sealed class ManifestBlockTests
{
    [Theory]
    [InlineData("a: 1 # one\n# end\n", """{"a": 2}""", "a: 2 # one\n# end\n")]
    [InlineData("a: 'x'   # one\nb: \"y\"\n", """{"a": "z", "b": "y"}""", "a: z   # one\nb: \"y\"\n")]
    [InlineData("a:\nb: 2\n", """{"a": 1, "b": 2}""", "a: 1\nb: 2\n")]
    [InlineData("a:   # c\nb: 2\n", """{"a": 1, "b": 2}""", "a: 1   # c\nb: 2\n")]
    [InlineData("a: multi\n  line # c\nb: 2\n", """{"a": "one", "b": 2}""", "a: one\n  # c\nb: 2\n")]
    [InlineData("a: \"multi\n  line\" # c\n", """{"a": 1}""", "a: 1\n  # c\n")]
    [InlineData("a: 1\n", """{"a": "x\ny\n"}""", "a: |\n  x\n  y\n")]
    [InlineData("a: 1 # c\n", """{"a": "x\ny"}""", "a: |- # c\n  x\n  y\n")]
    [InlineData("a:\n  # c\n  b: 1\n", """{"a": "x\ny"}""", "a: \"x\\ny\"\n  # c\n")]
    [InlineData("- 1\n- 2 # c\n- 3\n", "[1, 5, 3]", "- 1\n- 5 # c\n- 3\n")]
    public void With_AnotherScalar_ChangesOnlyThat(string text, string value, string expected) => Assert.Equal(expected, Changing.To(text, value));

    [Theory]
    [InlineData("a: 1\nb: 2\n", """{"a": 1, "b": 2, "c": {"d": [1, "2"]}}""", "a: 1\nb: 2\nc:\n  d:\n    - 1\n    - \"2\"\n")]
    [InlineData("a: 1", """{"a": 1, "b": 2}""", "a: 1\nb: 2")]
    [InlineData("a: 1\r\nb:\r\n- x\r\n", """{"a": 1, "b": ["x"], "c": ["v"]}""", "a: 1\r\nb:\r\n- x\r\nc:\r\n- v\r\n")]
    [InlineData("a:\n    b: 1 # b\n    # of b\n# of c\nc: 1\n", """{"a": {"b": 1, "x": {"v": 1}}, "c": 1}""", "a:\n    b: 1 # b\n    x:\n        v: 1\n    # of b\n# of c\nc: 1\n")]
    [InlineData("a:\n  - b: 1\n    c: 2\n", """{"a": [{"b": 1, "c": 2, "d": 3}]}""", "a:\n  - b: 1\n    c: 2\n    d: 3\n")]
    [InlineData("a:\n  t: |+\n    x\n\n\nb: 1\n", """{"a": {"t": "x\n\n\n", "m": 1}, "b": 1}""", "a:\n  t: |+\n    x\n\n\n  m: 1\nb: 1\n")]
    [InlineData("a:\n  t: >-\n    x\n    y\n\nb: 1\n", """{"a": {"t": "x y", "m": 1}, "b": 1}""", "a:\n  t: >-\n    x\n    y\n  m: 1\n\nb: 1\n")]
    [InlineData("a:\n  t: |\n    x", """{"a": {"t": "x", "m": 1}}""", "a:\n  t: |-\n    x\n  m: 1")]
    [InlineData("a:\n  t: |2+ # c\n     x", """{"a": {"t": " x"}, "m": 1}""", "a:\n  t: |2- # c\n     x\nm: 1")]
    [InlineData("a: 1\n...\n# end\n", """{"a": 1, "b": 2}""", "a: 1\nb: 2\n...\n# end\n")]
    [InlineData("annotations:\nb: 1\n", """{"annotations": {"x": "v"}, "b": 1}""", "annotations:\n  x: v\nb: 1\n")]
    [InlineData("annotations: {} # none\nb: 1\n", """{"annotations": {"x": "z"}, "b": 1}""", "annotations: # none\n  x: z\nb: 1\n")]
    [InlineData("a: &x\nb: *x\n", """{"a": {"k": 1}, "b": {"k": 1}}""", "a: &x\n  k: 1\nb: *x\n")]
    public void With_MoreKeys_PutsThemBehindTheLast(string text, string value, string expected) => Assert.Equal(expected, Changing.To(text, value));

    [Theory]
    [InlineData("a: 1\nb: 2 # two\nc: 3\n", """{"a": 1, "c": 3}""", "a: 1\n# two\nc: 3\n")]
    [InlineData("a: 1\nb:\n  # in\n  x: 1\n  v: 1 # y\n\n# of c\nc: 3\n", """{"a": 1, "c": 3}""", "a: 1\n# in\n# y\n\n# of c\nc: 3\n")]
    [InlineData("- a: 1\n  b: 2\n", """[{"b": 2}]""", "- b: 2\n")]
    [InlineData("- a: 1 # one\n  # two\n  b: 2\n", """[{"b": 2}]""", "- # one\n  # two\n  b: 2\n")]
    [InlineData("- a: 1\n  b: 2\n  c: 3\n", """[{"c": 3}]""", "- c: 3\n")]
    [InlineData("a: 1\nb: 2", """{"a": 1}""", "a: 1")]
    [InlineData("a:\n  b: 1 # c\nd: 1\n", """{"a": {}, "d": 1}""", "a: {}\n  # c\nd: 1\n")]
    [InlineData("a:\n- 1\n- 2\nd: 1\n", """{"a": [], "d": 1}""", "a: []\nd: 1\n")]
    public void With_FewerKeys_KeepsTheirComments(string text, string value, string expected) => Assert.Equal(expected, Changing.To(text, value));

    [Theory]
    [InlineData("p:\n  tcpSocket: # why\n    port: 80\n  timeoutSeconds: 3\n", """{"p": {"httpGet": {"path": "/x", "port": 1}, "timeoutSeconds": 3}}""",
        "p:\n  # why\n  httpGet:\n    path: /x\n    port: 1\n  timeoutSeconds: 3\n")]
    [InlineData("- tcpSocket: {port: 80} # why\n  m: 3\n", """[{"httpGet": {"port": 1}, "m": 3}]""", "- # why\n  httpGet:\n    port: 1\n  m: 3\n")]
    [InlineData("- grpc:\n    port: 80\n", """[{"httpGet": {"port": 1}}]""", "- httpGet:\n    port: 1\n")]
    public void With_AKeyForAnother_PutsItInItsPlace(string text, string value, string expected) => Assert.Equal(expected, Changing.To(text, value));

    [Theory]
    [InlineData("c:\n  # the app\n  - name: app # a\n  - name: db\n", """{"c": [{"name": "agent", "i": 1}, {"name": "app"}, {"name": "db"}]}""",
        "c:\n  - name: agent\n    i: 1\n  # the app\n  - name: app # a\n  - name: db\n")]
    [InlineData("c:\n- name: app # a\n# of db\n- name: db\nd: 1\n", """{"c": [{"name": "app"}, {"name": "agent", "e": [1]}, {"name": "db"}], "d": 1}""",
        "c:\n- name: app # a\n- name: agent\n  e:\n  - 1\n# of db\n- name: db\nd: 1\n")]
    [InlineData("c:\n- name: app # a\n- name: db\n", """{"c": [{"name": "db", "x": 1}]}""", "c:\n# a\n- name: db\n  x: 1\n")]
    [InlineData("- - a\n  - b\n- - c\n", """[["m", "a", "b"], ["c", "d"]]""", "- - m\n  - a\n  - b\n- - c\n  - d\n")]
    [InlineData("# head\n- a\n", """["z", "a"]""", "# head\n- z\n- a\n")]
    [InlineData("-\n- 1\n", """[{"a": [[2]], "b": 1}, 1]""", "- a:\n    - - 2\n  b: 1\n- 1\n")]
    [InlineData("- 1 # c\n- 2\n", """[{"a": 1, "b": 2}, 2]""", "- # c\n  a: 1\n  b: 2\n- 2\n")]
    [InlineData("- name: a # x\n  v: 1\n", """[{"name": "b"}]""", "- # x\n  name: b\n")]
    public void With_OtherItems_LeavesTheRestAlone(string text, string value, string expected) => Assert.Equal(expected, Changing.To(text, value));

    [Fact]
    public void With_SeveralDocuments_ChangesThoseThatAreToChange()
    {
        const string Text = "# first\n---\na: 1\n---\n# nothing\n---\nb: 2 # two\n...\n---\nc: 3";

        var changed = Changing.With(Text, _ => { }, two => two["x"] = 1, three => three["c"] = JsonNode.Parse("[1]"));

        Assert.Equal("# first\n---\na: 1\n---\n# nothing\n---\nb: 2 # two\nx: 1\n...\n---\nc:\n  - 1", changed);
    }

    [Theory]
    [InlineData("--- 1 # c\n", """{"a": 1}""", "--- # c\na: 1\n")]
    [InlineData("# c\na: 1\n# d\n", "[1]", "# c\n- 1\n# d\n")]
    [InlineData("a: 1\n", "5", "5\n")]
    [InlineData("\uFEFFa: 1\n", """{"a": 1, "b": 2}""", "\uFEFFa: 1\nb: 2\n")]
    public void With_AnotherRoot_IsWrittenInItsPlace(string text, string value, string expected) => Assert.Equal(expected, Changing.To(text, value));

    [Fact]
    public void With_LayoutsThatDiffer_TakesTheNearest()
    {
        const string Text = "a:\n    b:\n        - 1\nc:\n  d:\n  - 1\n  e: 1\n";

        var changed = Changing.With(Text, value =>
        {
            value["a"]!["m"] = JsonNode.Parse("""{"l": [1]}""");
            value["c"]!["m"] = JsonNode.Parse("""{"l": [1]}""");
        });

        Assert.Equal("a:\n    b:\n        - 1\n    m:\n        l:\n            - 1\nc:\n  d:\n  - 1\n  e: 1\n  m:\n    l:\n    - 1\n", changed);
    }
}
