using ProbeAgent.Lab;

namespace ProbeAgent.EnduranceTests;

/// <summary>
/// A place in the agent's code at which something is thrown, as a file of <c>tests/faults</c> names it:
/// <code>
/// file: the file of src
/// asks: what meets it: GET and a path of the public port, ADMIN and one of the admin port, or SIGTERM
/// app: the state of the app meanwhile; well where this is left out
/// answers: what the code and the body, with a blank between them, must match; closed, or - where there is no answer
/// everybody: meets it, and why, where any path and the wait for the start do
/// log: silent, and why, where no line of the log is to name it
/// --- after
/// text that is in the file exactly once
/// </code>
/// </summary>
public sealed record FaultPlace(string Name, string File, string Asks, string App, string Answers, bool IsMetByAll, bool IsSilent, string After)
{
    private const string Separator = "--- after\n";

    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Checkout.InRoot("tests/faults"), "*.fault").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Reads one of them.</summary>
    public static FaultPlace Read(string name)
    {
        var text = System.IO.File.ReadAllText(Checkout.InRoot($"tests/faults/{name}.fault"));
        var (head, after) = (text[..text.IndexOf(Separator, StringComparison.Ordinal)], text[(text.IndexOf(Separator, StringComparison.Ordinal) + Separator.Length)..]);
        var fields = head.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2)).ToDictionary(line => line[0], line => line[1]);
        return new FaultPlace(
            name, fields["file"], fields["asks"], fields.GetValueOrDefault("app", "well"), fields["answers"], fields.ContainsKey("everybody"), fields.ContainsKey("log"), after.TrimEnd('\n'));
    }

    /// <summary>The source with this place marked.</summary>
    public string Mark(string source)
    {
        Assert.True(source.Split(After).Length == 2, $"{Name}.fault is stale: its text is not exactly once in {File}");
        return source.Replace(After, $"{After} global::ProbeAgent.Fault.At(\"{Name}\");", StringComparison.Ordinal);
    }
}
