namespace ProbeAgent.Lab;

/// <summary>A page of the project in Markdown, as its readers see it: headings, prose, fenced blocks.</summary>
public sealed class Page
{
    private const string Fence = "```";

    private Page(string path)
    {
        Path = path;
        var prose = new List<PageLine>();
        var blocks = new List<PageBlock>();
        string? language = null;
        var (heading, opened, indent, text) = ("", 0, 0, new List<string>());
        foreach (var (line, index) in File.ReadAllLines(Checkout.InRoot(path)).Select((line, index) => (line, index)))
        {
            // A fence inside of a list is indented, and its lines with it.
            var begin = line.Length - line.TrimStart(' ').Length;
            if (language is null && line[begin..].StartsWith(Fence, StringComparison.Ordinal))
            {
                (language, opened, indent, text) = (line[(begin + Fence.Length)..], index + 1, begin, []);
            }
            else if (language is not null && line[begin..] == Fence)
            {
                blocks.Add(new PageBlock(path, opened, heading, language, string.Concat(text.Select(one => one + "\n"))));
                language = null;
            }
            else if (language is not null)
            {
                text.Add(line[Math.Min(begin, indent)..]);
            }
            else
            {
                heading = line.StartsWith('#') ? line.TrimStart('#').Trim() : heading;
                prose.Add(new PageLine(index + 1, line));
            }
        }

        (Prose, Blocks) = (prose, blocks);
    }

    /// <summary>Every page: those at the root, below bench/, docs/ and deploy/.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. Directory.EnumerateFiles(Checkout.Root, "*.md")
            .Concat(new[] { "bench", "docs", "deploy" }.SelectMany(folder => Directory.EnumerateFiles(Checkout.InRoot(folder), "*.md", SearchOption.AllDirectories)))
            .Select(file => System.IO.Path.GetRelativePath(Checkout.Root, file))
            .Order(StringComparer.Ordinal)
            .Select(path => new Page(path)),
    ];

    /// <summary>Where it is, from the root.</summary>
    public string Path { get; }

    /// <summary>The lines outside of fenced blocks.</summary>
    public IReadOnlyList<PageLine> Prose { get; }

    /// <summary>The fenced blocks.</summary>
    public IReadOnlyList<PageBlock> Blocks { get; }

    /// <summary>The page at this path from the root.</summary>
    public static Page At(string path) => All.Single(page => page.Path == path);

    /// <summary>Its blocks in a language, such as <c>yaml</c>.</summary>
    public IEnumerable<PageBlock> In(string language) => Blocks.Where(block => block.Language == language);
}
