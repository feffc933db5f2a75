using System.Globalization;
using System.Text;
using ProbeAgent.Lab;

namespace ProbeAgent.DocumentTests;

/// <summary>A document that is made to hurt is refused with a sentence, soon, and in little memory.</summary>
public sealed class HostileDocumentTests
{
    private const int LimitOfMebibytes = 64;

    // Runs a program, its standard input from a file, and adds the peak of its resident memory, in KiB, as a last line.
    private const string Measured =
        """
        import resource, subprocess, sys
        with open(sys.argv[1], "rb") as document:
            run = subprocess.run(sys.argv[2:], stdin=document, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=10)
        sys.stdout.buffer.write(run.stderr[:2000] + b"\n%d" % resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
        sys.exit(run.returncode)
        """;

    private static readonly Dictionary<string, Func<string>> Documents = new()
    {
        ["ten megabytes of keys"] = () => Repeat("key-{0}: value\n", 700_000),
        ["ten megabytes of comments"] = () => Repeat("# comment {0} says nothing\n", 400_000),
        ["ten megabytes on one line"] = () => "checks: " + new string('a', 10_000_000),
        ["ten megabytes of checks"] = () => "checks:\n" + Repeat("  - {{name: a{0}, tcpSocket: {{port: 80}}}}\n", 250_000),
        ["ten megabytes of an unclosed quote"] = () => "checks: \"" + Repeat("line {0}\n", 900_000),
        ["ten thousand brackets"] = () => "checks: " + new string('[', 10_000),
        ["ten thousand brackets and their ends"] = () => "checks: " + new string('[', 10_000) + new string(']', 10_000),
        ["ten thousand braces"] = () => "checks: " + string.Concat(Enumerable.Repeat("{a: ", 10_000)) + new string('}', 10_000),
        ["ten thousand lists in lists"] = () => "checks:\n  " + string.Concat(Enumerable.Repeat("- ", 10_000)) + "a\n",
        ["six hundred levels of indentation"] = () => string.Concat(Enumerable.Range(0, 600).Select(i => new string(' ', i) + "a:\n")),
        ["ten thousand question marks"] = () => string.Concat(Enumerable.Repeat("? ", 10_000)) + "a\n",
        ["a billion laughs"] = Laughs,
        ["an anchor that holds itself"] = () => "checks: &all [*all]\n",
        ["a thousand mistakes"] = () => "checks:\n" + Repeat("  - {{name: A{0}, tcpSocket: {{port: 0}}}}\n", 1_000),
        ["ten thousand documents"] = () => Repeat("---\na: {0}\n", 10_000),
        ["a long key"] = () => new string('k', 100_000) + ": value\n",
        ["a long number"] = () => "checks:\n  - name: a\n    tcpSocket:\n      port: " + new string('9', 100_000) + "\n",
        ["a long tag"] = () => "checks: !" + new string('t', 100_000) + " a\n",
    };

    public static TheoryData<string> Names => [.. Documents.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_document_is_refused_in_bounded_time_and_memory(string name)
    {
        var document = Path.GetTempFileName();
        try
        {
            File.WriteAllText(document, Documents[name](), new UTF8Encoding(false));

            var refused = Command.TryRun("python3", "-c", Measured, document, Checkout.AgentBinary, "validate", "-");

            var lines = refused.Output.Split('\n');
            Assert.True(refused.ExitCode == 2, refused.Output + refused.Error);
            Assert.Matches("^stdin:[1-9][0-9]*:[1-9][0-9]*: .{30,}", lines[0]);
            Assert.All(lines, line => Assert.InRange(line.Length, 0, 400));
            Assert.InRange(int.Parse(lines[^1], CultureInfo.InvariantCulture), 1, LimitOfMebibytes * 1024);
        }
        finally
        {
            File.Delete(document);
        }
    }

    [Fact]
    public void A_document_as_large_as_a_large_pod_needs_is_read()
    {
        var document = "checks:\n" + Repeat("  - {{name: check-{0}, timeoutSeconds: 2, httpGet: {{port: 8080, path: /status}}}}\n", 100);

        Assert.True(Validation.OfText(document).Accepts);
    }

    private static string Repeat(string format, int count)
    {
        var text = new StringBuilder();
        var parsed = CompositeFormat.Parse(format);
        for (var i = 0; i < count; i++)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, parsed, i);
        }

        return text.ToString();
    }

    private static string Laughs()
    {
        var text = new StringBuilder("l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 10; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"l{i}: &l{i} [{string.Join(", ", Enumerable.Repeat($"*l{i - 1}", 10))}]");
        }

        return text.ToString();
    }
}
