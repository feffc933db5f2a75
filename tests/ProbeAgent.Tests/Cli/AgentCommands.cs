namespace ProbeAgent.Tests.Cli;

/// <summary>What is typed to <c>probe-agent</c>, also behind other programs that start it.</summary>
internal static class AgentCommands
{
    private const string Agent = "probe-agent";
    private const string Image = "/probe-agent:";

    private static readonly string[] Prefixes = ["do", "then", "if", "!", "exec", "sudo", "time", "env"];

    /// <summary>The arguments of each <c>probe-agent</c> in a text for a shell.</summary>
    public static IEnumerable<string[]> In(string text) => ShellText.Commands(text).SelectMany(Arguments);

    private static IEnumerable<string[]> Arguments(string[] words)
    {
        // Rest of a prefix that takes nothing but a command.
        while (words.Length > 0 && (Prefixes.Contains(words[0]) || IsAssignment(words[0])))
        {
            words = words[1..];
        }

        return words switch
        {
            [] => [],
            [Agent, .. var rest] => [rest],
            ["kubectl", Agent, .. var rest] => [rest],
            ["kubectl", ..] => After(words, "--"),
            ["dotnet", "run", "--project", "src/ProbeAgent", "--", .. var rest] => [rest],
            ["docker" or "podman", "run", ..] when words.Any(IsImage) => [[.. words.SkipWhile(word => !IsImage(word)).Skip(1)]],
            ["xargs", ..] => After(words, words.FirstOrDefault(word => word is Agent or "kubectl"), keep: true),
            ["sh" or "bash", "-c", var script, ..] => In(script),
            _ when words[0].EndsWith("/" + Agent, StringComparison.Ordinal) => [words[1..]],
            _ => [],
        };
    }

    private static IEnumerable<string[]> After(string[] words, string? mark, bool keep = false) =>
        Arguments([.. words.SkipWhile(word => word != mark).Skip(keep ? 0 : 1)]);

    private static bool IsAssignment(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && word[..at].All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static bool IsImage(string word) => word.Contains(Image, StringComparison.Ordinal) || word == Agent;
}
