using System.Text.Json.Nodes;

namespace ProbeAgent.Tests.Manifests;

/// <summary>What a change makes of brackets and braces, to the letter.</summary>
public sealed class ManifestFlowTests
{
    [Theory]
    [InlineData("a: {b: 1, c: [x, v,]} # c\n", """{"a": {"b": 2, "c": ["x", "v", "z"]}}""", "a: {b: 2, c: [x, v, z,]} # c\n")]
    [InlineData("a: {b: 1, c: 2}\n", """{"a": {"c": 2, "d": {"e": "f g"}}}""", "a: {d: {e: \"f g\"}, c: 2}\n")]
    [InlineData("a: {b: 1, c: 2}\n", """{"a": {"c": 2}}""", "a: {c: 2}\n")]
    [InlineData("a: {b: 1, c: 2}\n", """{"a": {"b": 1}}""", "a: {b: 1}\n")]
    [InlineData("a: {b, c: }\n", """{"a": {"b": 1, "c": 2}}""", "a: {b: 1, c: 2}\n")]
    [InlineData("a: [1, 2, 3]\n", """{"a": [0, 1, 3]}""", "a: [0, 1, 3]\n")]
    [InlineData("a: [1, 2, 3]\n", """{"a": []}""", "a: []\n")]
    [InlineData("a: [1, 2]\n", """{"a": {"b": 1}}""", "a:\n  b: 1\n")]
    [InlineData("a: [p: 1, q]\n", """{"a": [{"p": 1}, "r"]}""", "a: [p: 1, r]\n")]
    [InlineData("a: [p: 1, q]\n", """{"a": [{"p": 2}, "q"]}""", "a: [{p: 2}, q]\n")]
    public void With_OneLine_StaysOneLine(string text, string value, string expected) => Assert.Equal(expected, Changing.To(text, value));

    [Theory]
    [InlineData("a: {b: 1, # one\n    c: 2} # two\n", """{"a": {"c": 2}}""", "a: { # one\n c: 2} # two\n")]
    [InlineData("a: { b: 1, # one\n  c: 2 # two\n }\n", """{"a": {"b": 1}}""", "a: { b: 1 # one\n  # two\n }\n")]
    [InlineData("a: [1, # one\n  [2, # two\n 3], 4]\n", """{"a": [1, 5, 4]}""", "a: [1, # one\n  # two\n  5, 4]\n")]
    [InlineData("a: [ # all\n  1 # one\n ]\n", """{"a": [1, 2]}""", "a: [ # all\n  1, # one\n  2\n ]\n")]
    [InlineData("a: [1, # one\n 2]\n", """{"a": {"b": 1}}""", "a: # one\n  b: 1\n")]
    public void With_Comments_KeepsThem(string text, string value, string expected) => Assert.Equal(expected, Changing.To(text, value));

    [Theory]
    [InlineData("{\n  \"a\": 1,\n  \"b\": [\n    1\n  ]\n}\n", """{"a": 1, "b": [1, {"c": "é<"}], "d": {"e": [true, null]}}""",
        "{\n  \"a\": 1,\n  \"b\": [\n    1,\n    {\n      \"c\": \"é<\"\n    }\n  ],\n  \"d\": {\n    \"e\": [\n      true,\n      null\n    ]\n  }\n}\n")]
    [InlineData("{\n\t\"a\": {}\n}", """{"a": {"b": {"c": 1}}}""", "{\n\t\"a\": {\n\t\t\"b\": {\n\t\t\t\"c\": 1\n\t\t}\n\t}\n}")]
    [InlineData("{\"a\":{\"b\":1}}", """{"a": {"b": "x", "c": "y"}}""", "{\"a\":{\"b\": \"x\", \"c\": \"y\"}}")]
    [InlineData("{}", """{"a": 1}""", "{\"a\": 1}")]
    [InlineData("{\n  \"a\": 1,\n  \"b\": 2\n}\n", """{"b": 2}""", "{\n  \"b\": 2\n}\n")]
    [InlineData("{\n  \"a\": 1,\n  \"b\": 2\n}\n", """{"a": 1}""", "{\n  \"a\": 1\n}\n")]
    public void With_Json_StaysJson(string text, string value, string expected)
    {
        var changed = Changing.To(text, value);

        Assert.Equal(expected, changed);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(changed), JsonNode.Parse(value)));
    }
}
