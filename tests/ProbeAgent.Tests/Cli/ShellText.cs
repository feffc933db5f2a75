using System.Text;

namespace ProbeAgent.Tests.Cli;

/// <summary>As much of a shell's reading as the pages need: which words are one simple command.</summary>
internal sealed class ShellText
{
    private readonly List<List<string>> commands = [[]];
    private readonly StringBuilder word = new();
    private bool isWord;
    private bool isRedirection;

    private ShellText()
    {
    }

    /// <summary>The simple commands of a text in order, each as its words; comments and redirections are left out.</summary>
    public static IReadOnlyList<string[]> Commands(string text)
    {
        var shell = new ShellText();
        for (var at = 0; at < text.Length; at++)
        {
            at = shell.Read(text, at);
        }

        shell.EndCommand();
        return [.. shell.commands.Where(command => command.Count > 0).Select(command => command.ToArray())];
    }

    // Returns the place of the last character that belongs to what began at this one.
    private int Read(string text, int at)
    {
        switch (text[at])
        {
            case '\\' when at + 1 < text.Length:
                return text[at + 1] == '\n' ? at + 1 : Take(text[at + 1], at + 1);
            case '\'' or '"':
                return Quoted(text, at);
            case '#' when !isWord:
                return (text.IndexOf('\n', at) is var end && end < 0 ? text.Length : end) - 1;
            case ' ' or '\t':
                EndWord();
                return at;
            case '<' or '>':
                EndWord();
                isRedirection = true;
                return at;
            case '\n' or ';' or '|' or '&' or '(' or ')':
                EndCommand();
                return at;
            default:
                return Take(text[at], at);
        }
    }

    private int Quoted(string text, int at)
    {
        var (quote, end) = (text[at], at + 1);
        for (; end < text.Length && text[end] != quote; end++)
        {
            end += quote == '"' && text[end] == '\\' ? 1 : 0;
            word.Append(text[end]);
        }

        isWord = true;
        return end;
    }

    private int Take(char character, int at)
    {
        word.Append(character);
        isWord = true;
        return at;
    }

    private void EndWord()
    {
        if (isWord && !isRedirection)
        {
            commands[^1].Add(word.ToString());
        }

        isRedirection = isRedirection && !isWord;
        isWord = false;
        word.Clear();
    }

    private void EndCommand()
    {
        EndWord();
        isRedirection = false;
        commands.Add([]);
    }
}
