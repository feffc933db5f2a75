using System.Text.RegularExpressions;
using ProbeAgent.Cli;
using ProbeAgent.Lab;

namespace ProbeAgent.Tests.Cli;

/// <summary>Every command that a page tells somebody to type is one that the agent takes.</summary>
public sealed partial class PageCommandTests
{
    public static TheoryData<string> Pages => [.. Page.All.Where(page => Commands(page).Any()).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_command_of_a_page_is_taken(string path) =>
        Assert.All(Commands(Page.At(path)), command =>
        {
            var mistakes = CommandLine.CreateRoot().Parse(command.Arguments).Errors.Select(error => error.Message);
            Assert.True(!mistakes.Any(), $"{path}:{command.Line}: probe-agent {string.Join(' ', command.Arguments)}: {string.Join("; ", mistakes)}");
        });

    [Theory]
    [InlineData("probe-agent lint -f app.yaml --fail-on error   # a comment", "lint -f app.yaml --fail-on error")]
    [InlineData("helm template shop ./chart | probe-agent inject -f - \\\n  --image IMAGE > out.yaml", "inject -f - --image IMAGE")]
    [InlineData("kubectl exec POD -c probe-agent -- probe-agent status -o json", "status -o json")]
    [InlineData("kubectl get pods -o name | xargs -I{} kubectl exec {} -c probe-agent -- probe-agent check", "check")]
    [InlineData("docker run --rm -i ghcr.io/probe-agent/probe-agent:0.1.0 validate - < probe-agent.yaml", "validate -")]
    [InlineData("kubectl probe-agent version", "version")]
    [InlineData("A=1 ./out/probe-agent check 'http://localhost:80/a b'", "check http://localhost:80/a b")]
    [InlineData("kubectl logs POD -c probe-agent --previous", null)]
    [InlineData("kubectl create namespace probe-agent", null)]
    public void A_command_is_found_behind_other_programs(string text, string? arguments) =>
        Assert.Equal(arguments is null ? [] : [arguments], AgentCommands.In(text).Select(words => string.Join(' ', words)));

    [Theory]
    [InlineData("docs/cookbook.md", "check :8080/status")]
    [InlineData("docs/getting-started.md", "status")]
    [InlineData("docs/webhook.md", "webhook --help")]
    public void The_commands_of_a_page_are_found(string path, string arguments) =>
        Assert.Contains(arguments, Commands(Page.At(path)).Select(command => string.Join(' ', command.Arguments)));

    [Fact]
    public void An_option_that_does_not_exist_is_noticed() =>
        Assert.NotEmpty(CommandLine.CreateRoot().Parse(AgentCommands.In("probe-agent inject -f app.yaml --mash istio").Single()).Errors);

    // Those of shell blocks and of exec probes, those behind a prompt in what a terminal shows, and those in a sentence, where not every word behind the name is a command.
    private static IEnumerable<PageCommand> Commands(Page page) =>
        page.In("sh").SelectMany(block => Of(block.Line, block.Text))
            .Concat(page.In("text").SelectMany(block => Of(block.Line, All(Prompt(), block.Text))))
            .Concat(page.In("yaml").SelectMany(block => Of(block.Line, All(Exec(), block.Text).Replace(",", "", StringComparison.Ordinal))))
            .Concat(page.Prose.SelectMany(line => InlineCode().Matches(line.Text).SelectMany(match => Of(line.Number, Shown(match.Groups[1].Value))))
                .Where(command => CommandLine.CreateRoot().Subcommands.Any(known => known.Name == command.Arguments.FirstOrDefault())));

    // In a table a bar is escaped; dots stand for a value, where an option is before them, else for whatever else there is to say.
    private static string Shown(string code) => Elision().Replace(code.Replace("\\|", "|", StringComparison.Ordinal), "");

    private static string All(Regex shown, string text) => string.Concat(shown.Matches(text).Select(match => match.Groups[1].Value + "\n"));

    private static IEnumerable<PageCommand> Of(int line, string text) => AgentCommands.In(text).Select(arguments => new PageCommand(line, arguments));

    [GeneratedRegex(@"exec: \{command: \[([^\]]+)\]\}")]
    private static partial Regex Exec();

    [GeneratedRegex(@"(?m)^\$ (.*)$")]
    private static partial Regex Prompt();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"(?<! -[\w-]*) …")]
    private static partial Regex Elision();

    private sealed record PageCommand(int Line, string[] Arguments);
}
