using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests.Charts;

/// <summary>What stands in for Helm does as Helm's documentation says, for what the chart leans on.</summary>
public sealed class HelmRenderTests : IDisposable
{
    private readonly ChartLab lab;
    private readonly TemporaryFolder folder = new();

    public HelmRenderTests(ChartLab lab)
    {
        this.lab = lab;
        folder.Write("chart/Chart.yaml", "apiVersion: v2\nname: small\nversion: 1.2.3\nappVersion: \"7\"\nkubeVersion: \">=1.28.0-0\"\n");
        folder.Write("chart/values.yaml", "name: default\nsize: 2\nnested:\n  kept: 1\n  taken: 2\n  list: [a, b]\n");
        folder.Write("chart/files/note.txt", "a note\n");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Values_are_merged_the_later_over_the_earlier_and_null_takes_away()
    {
        var first = folder.Write("first.yaml", "name: first\nnested:\n  list: [c]\n");
        var second = folder.Write("second.yaml", "name: second\nnested:\n  taken: null\n");

        var values = Render("{{ toYaml .Values }}", "-f", first, "-f", second, "--set", @"size=3,map.a\.b=x\,y,flag=true,items={1,z}", "--set-string", "text=5");

        Assert.Equal(
            "flag: true\nitems:\n- 1\n- z\nmap:\n  a.b: x,y\nname: second\nnested:\n  kept: 1\n  list:\n  - c\nsize: 3\ntext: \"5\"", values);
    }

    [Theory]
    [InlineData("{{ .Release.Name }} {{ .Release.Namespace }} {{ .Release.Service }} {{ .Release.Revision }} {{ .Release.IsInstall }}", "one probe-agent Helm 1 true")]
    [InlineData("{{ .Chart.Name }} {{ .Chart.Version }} {{ .Chart.AppVersion }}", "small 1.2.3 7")]
    [InlineData("{{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.KubeVersion.Minor }} {{ .Capabilities.APIVersions.Has \"a/v1\" }}", "v1.33.0 33 false")]
    [InlineData("{{ .Template.Name }} {{ .Template.BasePath }}", "small/templates/it.yaml small/templates")]
    [InlineData("{{ .Files.Get \"files/note.txt\" | trim }}{{ .Files.Get \"none\" }}", "a note")]
    [InlineData("{{ (.Files.Glob \"files/*\").AsConfig }}", "note.txt: |\n  a note")]
    [InlineData("{{ tpl \"{{ .Values.name }}\" . }}", "default")]
    [InlineData("[{{ .Values.nosuch }}]", "[]")]
    [InlineData("{{ lookup \"v1\" \"Secret\" \"a\" \"b\" | len }}", "0")]
    [InlineData("{{ (fromYaml \"a: {b: 1}\").a.b }} {{ toJson .Values.nested.list }}", "1 [\"a\",\"b\"]")]
    [InlineData("{{ define \"it\" }}<{{ . }}>{{ end }}{{ include \"it\" 1 | upper }}", "<1>")]
    public void A_template_sees_what_Helm_shows_it(string template, string made) => Assert.Equal(made, Render(template));

    [Theory]
    [InlineData("{{ required \"say a name\" .Values.nosuch }}", "say a name")]
    [InlineData("{{ fail \"never\" }}", "never")]
    [InlineData("{{ .Chart.Nosuch }}", "Nosuch")]
    [InlineData("{{ include \"nosuch\" . }}", "nosuch")]
    [InlineData("{{ env \"HOME\" }}", "env")]
    [InlineData("{{ if }}", "it.yaml:1")]
    public void A_mistake_of_a_template_is_told(string template, string word)
    {
        folder.Write("chart/templates/it.yaml", template);

        var run = lab.RenderChart(folder.InIt("chart"), "one");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("One")]
    [InlineData("a-name-of-fifty-four-letters-is-one-more-than-they-like")]
    public void A_name_that_Helm_refuses_is_refused(string release) =>
        Assert.Contains("release name", lab.RenderChart(folder.InIt("chart"), release).Error, StringComparison.Ordinal);

    private string Render(string template, params string[] options)
    {
        folder.Write("chart/templates/it.yaml", template);
        var run = lab.RenderChart(folder.InIt("chart"), "one", options);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output["---\n# Source: small/templates/it.yaml\n".Length..].TrimEnd('\n');
    }
}
