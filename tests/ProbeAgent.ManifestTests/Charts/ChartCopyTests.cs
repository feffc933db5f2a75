using ProbeAgent.Lab;
using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests.Charts;

/// <summary>A copy of the chart in which the symbolic links did not survive says so, instead of installing empty alerts and dashboards.</summary>
public sealed class ChartCopyTests : IDisposable
{
    private readonly ChartLab lab;
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> targets = [];

    public ChartCopyTests(ChartLab lab)
    {
        this.lab = lab;
        Command.Run("cp", "--recursive", "--no-dereference", Checkout.InRoot(ChartLab.Chart), folder.InIt("chart"));
        foreach (var link in new DirectoryInfo(folder.InIt("chart/files")).EnumerateFiles().ToList())
        {
            targets.Add(link.Name, link.LinkTarget!);
            link.Delete();
        }
    }

    public void Dispose() => folder.Dispose();

    // As Flux' source-controller packs a repository.
    [Theory]
    [InlineData("prometheusRule", "files/alerts.yaml")]
    [InlineData("dashboards", "files/*.json")]
    public void One_without_the_files_is_refused_where_they_are_wanted(string value, string named) => AssertRefused(value, named);

    // As git checks a link out where core.symlinks is false: a text that is its target.
    [Theory]
    [InlineData("prometheusRule", "files/alerts.yaml")]
    [InlineData("dashboards", "files/pod.json")]
    public void One_with_texts_for_links_is_refused_where_they_are_wanted(string value, string named)
    {
        folder.Write($"chart/{named}", targets[Path.GetFileName(named)]);

        AssertRefused(value, named);
    }

    [Fact]
    public void Where_they_are_not_wanted_it_is_installed_without_them() =>
        Assert.NotEmpty(lab.RenderChart(folder.InIt("chart"), ChartLab.Release).Resources);

    private void AssertRefused(string value, string named)
    {
        var refused = lab.RenderChart(folder.InIt("chart"), ChartLab.Release, "--set", $"{value}.enabled=true");

        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains($"{named} is not in this copy of the chart", refused.Error, StringComparison.Ordinal);
        Assert.Contains("helm package", refused.Error, StringComparison.Ordinal);
    }
}
