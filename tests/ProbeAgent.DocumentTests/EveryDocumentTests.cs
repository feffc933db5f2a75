using ProbeAgent.Lab;
using YamlDotNet.RepresentationModel;

namespace ProbeAgent.DocumentTests;

/// <summary>Every YAML of the project that configures the agent, in files and on pages, is good.</summary>
public sealed class EveryDocumentTests
{
    private const string Prefix = "PROBEAGENT_";
    private const string InlineDocument = "PROBEAGENT_CONFIG_YAML";

    // Shown on purpose, with what is said of it.
    private const string Mistakes = "What a mistake looks like";

    private static readonly string[] DocumentKeys = ["listen:", "admin:", "detail:", "checks:", "relays:", "hooks:", "mesh:", "drain:", "log:"];

    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(Checkout.InRoot("deploy"), "*.yaml", SearchOption.AllDirectories)
            // Helm's templates are no YAML; what they make is read by the suite of the manifests.
            .Where(file => !file.Contains("/templates/", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Checkout.Root, file))
            .Concat(Page.All.Select(page => page.Path))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_configuration_in_a_file_is_good(string file) => Assert.All(Configurations(file), AssertGood);

    [Theory]
    [InlineData("README.md", 2)]
    [InlineData("docs/configuration.md", 2)]
    [InlineData("docs/getting-started.md", 5)]
    [InlineData("docs/cookbook.md", 8)]
    [InlineData("deploy/examples/service-go-liveness-http-agent.yaml", 1)]
    [InlineData("deploy/examples/several-containers-agent.yaml", 1)]
    public void The_configurations_of_a_file_are_found(string file, int atLeast) => Assert.InRange(Configurations(file).Count, atLeast, 20);

    private static void AssertGood(Configuration configuration)
    {
        var validation = configuration.Document is { } document
            ? Validation.OfText(document, configuration.Variables)
            : Validation.OfArguments([], configuration.Variables);

        Assert.True(validation.Accepts, validation.ToString());
        Assert.All(validation.Warnings, warning => Assert.Matches("^warning: (caFile /etc/\\S+ is not on this machine|/livez asks the checks of 2 containers)", warning));
    }

    private static List<Configuration> Configurations(string file) => file.EndsWith(".md", StringComparison.Ordinal)
        ? [.. Blocks(file).SelectMany(block => IsDocument(block) ? [new Configuration(block, [])] : InManifests(block))]
        : [.. InManifests(File.ReadAllText(Checkout.InRoot(file)))];

    private static IEnumerable<string> Blocks(string file) =>
        Page.At(file).In("yaml").Where(block => block.Heading != Mistakes && !block.IsChartValues).Select(block => block.Text);

    private static bool IsDocument(string yaml) =>
        yaml.Split('\n').Any(line => DocumentKeys.Any(key => line.StartsWith(key, StringComparison.Ordinal)));

    // The variables of each container that has some of ours.
    private static IEnumerable<Configuration> InManifests(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        foreach (var env in stream.Documents.SelectMany(document => document.AllNodes).OfType<YamlMappingNode>().SelectMany(Env).Select(Variables))
        {
            if (env.Count > 0)
            {
                var document = env.Where(variable => variable.Name == InlineDocument).Select(variable => variable.Value).FirstOrDefault();
                yield return new Configuration(document, [.. env.Where(variable => variable.Name != InlineDocument)]);
            }
        }
    }

    private static IEnumerable<YamlSequenceNode> Env(YamlMappingNode container) =>
        container.Children.Where(pair => pair.Key.ToString() == "env").Select(pair => pair.Value).OfType<YamlSequenceNode>();

    private static List<(string Name, string Value)> Variables(YamlSequenceNode env) =>
    [
        // What comes from a Secret cannot be looked at here.
        .. env.Children.OfType<YamlMappingNode>().Where(variable => variable.Children.ContainsKey("value"))
            .Select(variable => (Name: variable["name"].ToString(), Value: variable["value"].ToString()))
            .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.Ordinal)),
    ];

    private sealed record Configuration(string? Document, (string Name, string Value)[] Variables);
}
