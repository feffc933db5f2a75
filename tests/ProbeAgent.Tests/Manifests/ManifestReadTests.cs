using System.Text.Json.Nodes;
using ProbeAgent.Manifests;

namespace ProbeAgent.Tests.Manifests;

/// <summary>What a text means, where its parts stand, and why others are not read.</summary>
public sealed class ManifestReadTests
{
    [Theory]
    [InlineData("80", "80")]
    [InlineData("1.50", "1.50")]
    [InlineData("+1", "1")]
    [InlineData("010", "8")]
    [InlineData("-0o17", "-15")]
    [InlineData("08", "8")]
    [InlineData("0x1F", "31")]
    [InlineData("0b101", "5")]
    [InlineData("1_000", "1000")]
    [InlineData(".5", "0.5")]
    [InlineData("1.", "1")]
    [InlineData("1e3", "1e3")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("true", "true")]
    [InlineData("Yes", "true")]
    [InlineData("off", "false")]
    [InlineData("n", "false")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("NULL", "null")]
    [InlineData("'80'", "\"80\"")]
    [InlineData("\"{{ x }}\"", "\"{{ x }}\"")]
    [InlineData("!!str 80", "\"80\"")]
    [InlineData("!!int '80'", "80")]
    [InlineData("! 80", "\"80\"")]
    [InlineData("2001-12-14", "\"2001-12-14\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData("100m", "\"100m\"")]
    [InlineData("-", "[null]")]
    [InlineData("12:30:45", "\"12:30:45\"")]
    public void Read_AScalar_IsWhatKubernetesMakesOfIt(string scalar, string json)
    {
        var (file, _) = ManifestFile.Read(scalar == "-" ? "a:\n-\n" : $"a: {scalar}\n");

        Assert.Equal(json, file!.Documents[0].Value["a"]?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData("a: &x {b: 1}\nc: *x\n", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("a: &x {b: 1, c: 2}\nd: {<<: *x, b: 3}\n", """{"a":{"b":1,"c":2},"d":{"c":2,"b":3}}""")]
    [InlineData("a: &x {b: 1}\ne: &y {b: 2, f: 3}\nd:\n  b: 9\n  <<: [*x, *y]\n", """{"a":{"b":1},"e":{"b":2,"f":3},"d":{"b":9,"f":3}}""")]
    [InlineData("d: {'<<': 1}\n", """{"d":{"\u003C\u003C":1}}""")]
    [InlineData("a: &x 1\nb: &x 2\nc: *x\n", """{"a":1,"b":2,"c":2}""")]
    [InlineData("\uFEFF{\"a\":\t[1,\n\t\"b\"]}", """{"a":[1,"b"]}""")]
    [InlineData("&k a: 1\n? b\n: *k\n", """{"a":1,"b":"a"}""")]
    [InlineData("a: |\n  \tx\n", """{"a":"\tx\n"}""")]
    public void Read_ADocument_ResolvesIt(string text, string json)
    {
        var (file, _) = ManifestFile.Read(text);

        Assert.Equal(json, file!.Documents[0].Value.ToJsonString());
    }

    [Fact]
    public void Read_SeveralDocuments_SkipsTheEmptyOnes()
    {
        var (file, _) = ManifestFile.Read("# a\n---\n---\na: 1\n...\n---\n# b\n---\nnull\n---\n- 2\n");

        Assert.Equal(["""{"a":1}""", "[2]"], file!.Documents.Select(document => document.Value.ToJsonString()));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("# nothing\n", 0)]
    public void Read_Nothing_HasNoDocuments(string text, int count)
    {
        var (file, _) = ManifestFile.Read(text);

        Assert.Equal(count, file!.Documents.Count);
        Assert.Equal(text, file.With(new Dictionary<ManifestDocument, JsonNode>()).Text);
    }

    [Theory]
    [InlineData("/a/b/1/c", 4, 8)]
    [InlineData("/a/b/0", 3, 5)]
    [InlineData("/a/b/7", 3, 3)]
    [InlineData("/a/x~1y~0z", 5, 12)]
    [InlineData("/d/b/1", 6, 4)]
    [InlineData("/e/b", 8, 7)]
    [InlineData("/e/b/0", 8, 7)]
    [InlineData("/f/g", 1, 1)]
    [InlineData("", 1, 1)]
    public void PositionOf_APointer_IsWhereThatStands(string pointer, int line, int column)
    {
        var (file, _) = ManifestFile.Read("a: &x\n  b:\n  - é\n  - c: 1\n  \"x/y~z\": {}\r\nd: *x\ne:\n  <<: *x\n");

        var position = file!.Documents[0].PositionOf(pointer);

        Assert.Equal((line, column), (position.Line, position.Column));
    }

    [Theory]
    [InlineData("a: 1\na: 2\n", 2, 1, "the key 'a' is there twice; the first is at line 1. Keep one of them")]
    [InlineData("a: *x\n", 1, 4, "'*x' names an anchor that is not there; '&x' belongs before a value above it in the same document")]
    [InlineData("a: &x\n  - *x\n", 2, 5, "'*x' stands inside of what it names, which would never end; write the value out")]
    [InlineData("? [a]\n: 1\n", 1, 3, "a key is a word, not a list, a mapping or nothing")]
    [InlineData("<<: 1\n", 1, 5, "'<<' takes in a mapping, or a list of mappings, as '<<: *name'; put it in quotes where it is a key like any other")]
    [InlineData("a: b: c\n", 1, 5, "this is not YAML: a ': ' stands where none can be; is the line indented as those above it, with a space after each ':'? A value with ': ' in it needs quotes")]
    [InlineData("a:\n\tb: 1\n", 2, 1, "a tab indents this line; YAML is indented with spaces")]
    [InlineData("a: \0\n", 1, 4, "a control character stands here; a document is text, with spaces and line ends only")]
    [InlineData("a: {b: &x 1, c: 2}\n", 1, 4, "this is not YAML: the mapping in braces that begins here has no end: a ',' or the closing '}' is missing. "
        + "Where all of it is there: an anchor ('&') of a single value in braces cannot be read here; write the mapping in lines of its own")]
    [InlineData("a: [1, 2\n", 1, 4, "this is not YAML: the list in brackets that begins here has no end: a ',' or the closing ']' is missing")]
    public void Read_WhatIsNoManifest_SaysWhereAndWhy(string text, int line, int column, string message)
    {
        var (file, mistake) = ManifestFile.Read(text);

        Assert.Null(file);
        Assert.Equal((line, column, message), (mistake!.At.Line, mistake.At.Column, mistake.Message));
    }

    [Theory]
    [InlineData("image: {{ .Values.image }}\n")]
    [InlineData("a:\n{{- if .Values.x }}\n  b: 1\n{{- end }}\n")]
    [InlineData("{% for x in y %}\na: {{ x }}\n{% endfor %}\n")]
    public void Read_ATemplate_SaysToRenderIt(string text)
    {
        var (_, mistake) = ManifestFile.Read(text);

        Assert.StartsWith("this is not YAML yet but a template", mistake!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnAliasBomb_IsRefused()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 9).Select(n => $"a{n}: &a{n} [{string.Join(", ", Enumerable.Repeat($"*a{n - 1}", 10))}]\n"));

        var (_, mistake) = ManifestFile.Read(text);

        Assert.Equal(6, mistake!.At.Line);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    [InlineData(100_000, false)]
    public void Read_DeepNesting_IsBounded(int depth, bool isRead)
    {
        var (file, _) = ManifestFile.Read("a: " + new string('[', depth - 1) + new string(']', depth - 1));

        Assert.Equal(isRead, file is not null);
    }

    [Fact]
    public void Read_DeepNestingByAliases_IsBounded()
    {
        var text = "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 300).Select(n => $"a{n}: &a{n} [*a{n - 1}]\n"));

        var (_, mistake) = ManifestFile.Read(text);

        Assert.Equal(199, mistake!.At.Line);
    }
}
