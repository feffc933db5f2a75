using ProbeAgent.Lab;

namespace ProbeAgent.DocumentTests;

/// <summary>A folder of documents with mistakes, each beside exactly what <c>validate</c> says of it.</summary>
public sealed class BadDocumentTests
{
    private static readonly string Folder = Checkout.InRoot("tests/ProbeAgent.DocumentTests/bad");

    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Each_mistake_is_told_as_expected(string document)
    {
        var expected = File.ReadAllLines(Path.Combine(Folder, Path.ChangeExtension(document, ".expected")));

        var validation = Validation.OfFile(Folder, document);

        Assert.Equal(expected, validation.Errors);
        Assert.Equal((2, ""), (validation.ExitCode, validation.Output));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Each_mistake_fits_on_a_line_that_begins_with_its_place(string document)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, Path.ChangeExtension(document, ".expected")));

        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            Assert.Matches($"^(warning: |{document.Replace(".", "\\.", StringComparison.Ordinal)}:[1-9][0-9]*:[1-9][0-9]*: )", line);
            Assert.InRange(line.Length, 40, 400);
            Assert.DoesNotContain(line, char.IsControl);
        });
    }

    [Fact]
    public void No_expectation_is_without_its_document() =>
        Assert.All(Directory.EnumerateFiles(Folder), file => Assert.True(File.Exists(Path.ChangeExtension(file, ".yaml")), file));

    [Fact]
    public void The_agent_refuses_to_start_with_the_same_words()
    {
        var document = Path.Combine(Folder, "many-mistakes.yaml");
        var expected = File.ReadAllLines(Path.ChangeExtension(document, ".expected"));

        var refused = Validation.OfRun(["--config", document]);

        Assert.Equal(expected.Select(line => $"probe-agent: {Folder}/{line}"), refused.Errors);
        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
    }
}
