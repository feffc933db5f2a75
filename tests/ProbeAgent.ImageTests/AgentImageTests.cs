using System.Xml.Linq;
using ProbeAgent.Lab;

namespace ProbeAgent.ImageTests;

/// <summary>What is in the image, and what it says of itself.</summary>
public sealed class AgentImageTests(AgentImage image)
{
    private const string Labels = "org.opencontainers.image";
    private const long MostCompressedBytes = 30_000_000;

    private static readonly string[] Shells = ["sh", "bash", "dash", "ash", "busybox"];

    [Fact]
    public void It_adds_the_binary_its_licence_and_its_bill_of_materials_to_its_base_and_nothing_else() =>
        Assert.Equal([AgentImage.Binary, AgentImage.Licence, AgentImage.Bill], image.OwnFiles().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void It_is_not_roots()
    {
        Assert.Equal("65532:65532", image.Inspect("{{.Config.User}}"));
        Assert.Equal($"[{AgentImage.Binary}]", image.Inspect("{{.Config.Entrypoint}}"));
    }

    [Fact]
    public void It_holds_no_shell() => Assert.Empty(image.Look(root =>
        new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => Shells.Contains(file.Name)).ToList()));

    [Fact]
    public void Nothing_in_it_gives_other_rights_than_the_callers() =>
        Assert.Equal("", image.Look(root => Command.Run("find", root, "-xdev", "-perm", "/6000")));

    [Fact]
    public void Nobody_but_root_can_change_what_it_adds() =>
        Assert.Equal(
            "0:0 755\n0:0 644\n0:0 644\n",
            image.Look(root => Command.Run("stat", "--format=%u:%g %a", root + AgentImage.Binary, root + AgentImage.Licence, root + AgentImage.Bill)));

    [Fact]
    public void Its_licence_is_the_projects() =>
        Assert.Equal(File.ReadAllText(Checkout.InRoot("LICENSE")), image.Look(root => File.ReadAllText(root + AgentImage.Licence)));

    [Theory]
    [InlineData("title", "probe-agent")]
    [InlineData("licenses", "Apache-2.0")]
    [InlineData("source", "https://github.com/probe-agent/probe-agent")]
    [InlineData("url", "https://github.com/probe-agent/probe-agent")]
    [InlineData("documentation", "https://github.com/probe-agent/probe-agent/blob/main/docs/image.md")]
    [InlineData("revision", AgentImage.Revision)]
    [InlineData("created", AgentImage.Created)]
    public void Its_label_says_where_it_comes_from(string label, string expected) => Assert.Equal(expected, Label(label));

    [Fact]
    public void Its_labels_say_what_it_is_and_what_it_stands_on()
    {
        Assert.NotEqual("", Label("description"));
        Assert.Equal(AgentDockerfile.Default("VERSION"), Label("version"));
        Assert.Equal(AgentDockerfile.Default("BASE_IMAGE"), Label("base.name"));
    }

    // A Dockerfile cannot read it.
    [Fact]
    public void The_version_of_the_Dockerfile_is_the_projects() =>
        Assert.Equal(
            XDocument.Load(Checkout.InRoot("Directory.Build.props")).Descendants("Version").Single().Value, AgentDockerfile.Default("VERSION"));

    [Fact]
    public void A_node_pulls_at_most_30_MB()
    {
        var layers = image.CompressedLayers();

        var sizes = string.Join(", ", layers.Select(layer => $"{layer / 1e6:0.0}"));
        Figure.Print($"compressed {layers.Sum() / 1e6:0.0} MB, by layer from the base's up: {sizes}");
        Figure.Print($"binary {image.OwnFiles()[AgentImage.Binary]:N0} bytes");
        Assert.InRange(layers.Sum(), 1, MostCompressedBytes);
    }

    private string Label(string name) => image.Inspect($"{{{{index .Config.Labels \"{Labels}.{name}\"}}}}");
}
