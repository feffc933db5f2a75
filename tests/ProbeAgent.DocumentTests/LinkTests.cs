using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.DocumentTests;

/// <summary>Every link of every page leads somewhere: a file that is there, a heading that is there, a host that is meant.</summary>
public sealed partial class LinkTests
{
    private const string OwnRepository = "https://github.com/probe-agent/probe-agent/";
    private const string OwnFiles = OwnRepository + "blob/main/";

    // A host that is not among these is a misspelt one, or a new one to be looked at.
    private static readonly string[] Hosts =
    [
        "developer.hashicorp.com", "docs.djangoproject.com", "docs.spring.io", "github.com", "istio.io", "keepachangelog.com", "kubernetes.io", "kuma.io",
        "linkerd.io", "raw.githubusercontent.com", "semver.org",
    ];

    public static TheoryData<string> Pages => [.. Page.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_link_to_a_file_leads_to_one(string path) =>
        Assert.All(Links(path).Where(IsOfTheProject), link =>
            Assert.True(Path.Exists(Checkout.InRoot(link.File)), $"{path}:{link.Line} links to {link.Target}, and there is no {link.File}."));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_link_to_a_heading_leads_to_one(string path) =>
        Assert.All(Links(path).Where(link => IsOfTheProject(link) && link.Anchor.Length > 0), link =>
            Assert.True(
                Anchors(link.File).Contains(link.Anchor),
                $"{path}:{link.Line} links to {link.Target}; {link.File} has these headings: {string.Join(' ', Anchors(link.File))}"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_link_to_elsewhere_is_https_to_a_host_that_is_meant(string path) =>
        Assert.All(Links(path).Where(link => !IsOfTheProject(link)), link =>
        {
            Assert.True(Uri.TryCreate(link.Target, UriKind.Absolute, out var uri), $"{path}:{link.Line}: {link.Target} is no URL.");
            Assert.True(uri.IsLoopback || (uri.Scheme == "https" && Hosts.Contains(uri.Host)), $"{path}:{link.Line}: {link.Target} is not https, or at a host that no page knows.");
        });

    [Fact]
    public void The_index_has_every_page_of_its_folder() =>
        Assert.Subset(
            Links("docs/README.md").Select(link => link.File).ToHashSet(),
            Page.All.Select(page => page.Path).Where(path => Path.GetDirectoryName(path) == "docs" && path != "docs/README.md").ToHashSet());

    [Theory]
    [InlineData("README.md", "docs/status-page.png")]
    [InlineData("README.md", "#endpoints")]
    [InlineData("README.md", "deploy/examples/README.md#4-more-than-one-check")]
    [InlineData("docs/status.md", "http://localhost:15082/")]
    [InlineData("docs/lint.md", OwnFiles + "docs/lint.md#probe-needs-certificate")]
    public void A_link_of_each_form_is_found(string path, string target) => Assert.Contains(Links(path), link => link.Target == target);

    private static IEnumerable<Link> Links(string path) =>
        Page.At(path).Prose.SelectMany(line => InProse().Matches(InlineCode().Replace(line.Text, "")).Select(match => Link.From(path, line.Number, match.Groups["target"].Value)))
            .Concat(Page.At(path).Blocks.SelectMany(block => ToOwnFiles().Matches(block.Text).Select(match => Link.From(path, block.Line, match.Value))));

    private static bool IsOfTheProject(Link link) => link.Target.StartsWith(OwnFiles, StringComparison.Ordinal) || !link.Target.Contains("://", StringComparison.Ordinal);

    // GitHub's rule: small letters, no punctuation, hyphens for spaces, and a number at what was there before.
    private static HashSet<string> Anchors(string file)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        var page = Page.All.SingleOrDefault(page => page.Path == file);
        foreach (var line in (page?.Prose ?? []).Where(line => Heading().IsMatch(line.Text)))
        {
            var text = LinkText().Replace(line.Text.TrimStart('#').Trim(), "$1").ToLowerInvariant();
            var anchor = NoAnchor().Replace(text, "").Replace(' ', '-');
            var another = anchor;
            for (var number = 1; !anchors.Add(another); number++)
            {
                another = $"{anchor}-{number}";
            }
        }

        return anchors;
    }

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)\)|<(?<target>https?://[^>]+)>", RegexOptions.ExplicitCapture)]
    private static partial Regex InProse();

    [GeneratedRegex(@"https://github\.com/probe-agent/probe-agent/blob/main/[^\s'""`)]+")]
    private static partial Regex ToOwnFiles();

    // What stands in backticks is shown, not linked; a link's text may have them.
    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^#{1,6} ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\p{L}\p{N}\p{M}\p{Pc} -]")]
    private static partial Regex NoAnchor();

    private sealed record Link(int Line, string Target, string File, string Anchor)
    {
        public static Link From(string page, int line, string target)
        {
            var local = target.StartsWith(OwnFiles, StringComparison.Ordinal) ? target[OwnFiles.Length..] : target;
            var parts = local.Split('#', 2);
            var from = local == target ? Path.GetDirectoryName(page) ?? "" : "";
            var file = parts[0].Length == 0 ? page : Path.GetRelativePath(Checkout.Root, Path.GetFullPath(Path.Combine(Checkout.Root, from, parts[0])));
            return new Link(line, target, file, parts.Length > 1 ? parts[1] : "");
        }
    }
}
