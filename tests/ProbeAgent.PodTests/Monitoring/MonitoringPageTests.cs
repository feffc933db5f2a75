using System.Text.Json;
using System.Text.RegularExpressions;
using ProbeAgent.Lab;

namespace ProbeAgent.PodTests.Monitoring;

/// <summary>What <c>docs/monitoring.md</c> tells others to write works, and its table is what the alerts are.</summary>
public sealed partial class MonitoringPageTests : IDisposable
{
    private const string Agent = "pod_container_name: probe-agent, pod_container_port_name: probe-agent";
    private const string Webhook = "pod_container_name: webhook, pod_label_app_kubernetes_io_name: probe-agent-webhook";

    private static readonly string Page = File.ReadAllText(Checkout.InRoot("docs/monitoring.md"));

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void The_table_is_what_the_alerts_are() => Assert.Equal(
        AlertRules.All.Select(alert => $"{alert.Name} #{alert.Name.ToLowerInvariant()} {alert.Labels["severity"]}"),
        Row().Matches(Page).Select(row => $"{row.Groups["name"].Value} {row.Groups["anchor"].Value} {row.Groups["severity"].Value}"));

    [Fact]
    public void Each_alert_is_told_what_it_means_where_to_look_and_what_to_do() => Assert.All(AlertRules.All, alert =>
    {
        var part = Page.Split($"### {alert.Name}\n")[1].Split("\n#")[0];

        Assert.Equal(["Means", "First look", "Do"], Step().Matches(part).Select(step => step.Groups["word"].Value));
    });

    /// <summary>What a pod has by its service discovery, and what its target is called.</summary>
    [Theory]
    [InlineData("probe-agent", $"{Agent}, pod_label_app: cart", "cart")]
    [InlineData("probe-agent", $"{Agent}, pod_label_app_kubernetes_io_name: basket, pod_label_app: cart", "basket")]
    [InlineData("probe-agent", Agent, "probe-agent")]
    [InlineData("probe-agent", "pod_container_name: cart, pod_container_port_name: http, pod_label_app: cart", null)]
    [InlineData("probe-agent", $"{Agent}, pod_phase: Succeeded", null)]
    [InlineData("probe-agent-webhook", $"{Webhook}, pod_container_port_name: metrics", "probe-agent-webhook")]
    [InlineData("probe-agent-webhook", $"{Webhook}, pod_container_port_name: webhook", null)]
    public void The_scrape_configuration_finds_agents_and_webhooks_and_names_them(string job, string pod, string? named)
    {
        Needs.Programs("promtool");
        var labels = string.Join(", ", $"namespace: shop, pod_name: cart-1, {pod}".Split(", ").Select(label => $"__meta_kubernetes_{label}"));
        // Debian's Prometheus knows no Kubernetes, so the pod comes from elsewhere.
        File.WriteAllText(file, BlockOf("scrape_configs:").Replace("kubernetes_sd_configs:", "static_configs:", StringComparison.Ordinal)
            .Replace("- role: pod", $"- {{targets: ['10.0.0.1:15081'], labels: {{{labels}}}}}", StringComparison.Ordinal));

        var said = Command.Run("promtool", "check", "service-discovery", "--timeout=1s", file, job);

        using var document = JsonDocument.Parse(said[said.IndexOf('[', StringComparison.Ordinal)..]);
        var target = Assert.Single(document.RootElement.EnumerateArray());
        Assert.Equal(
            named is null ? null : $"{named} shop cart-1",
            target.TryGetProperty("labels", out var found) && found.ValueKind == JsonValueKind.Object && found.TryGetProperty("job", out _)
                ? $"{found.GetProperty("job")} {found.GetProperty("namespace")} {found.GetProperty("pod")}"
                : null);
    }

    [Theory]
    [InlineData("critical", "on-call")]
    [InlineData("warning", "working-hours")]
    [InlineData("info", "nobody")]
    public void Alertmanager_takes_its_configuration_and_wakes_nobody_but_for_what_is_critical(string severity, string receiver)
    {
        Needs.Programs("amtool");
        File.WriteAllText(file, BlockOf("route:"));

        Assert.Contains("3 inhibit rules", Command.Run("amtool", "check-config", file), StringComparison.Ordinal);
        Assert.All(
            AlertRules.All.Where(alert => alert.Labels["severity"] == severity),
            alert => Assert.Equal(
                receiver, Command.Run("amtool", "config", "routes", "test", $"--config.file={file}", $"alertname={alert.Name}", $"severity={severity}").Trim()));
    }

    [Fact]
    public void What_inhibits_and_is_inhibited_are_alerts_that_there_are()
    {
        var names = AlertRules.All.Select(alert => alert.Name).ToList();
        var rules = BlockOf("route:").Split("inhibit_rules:")[1].Split("receivers:")[0];
        var inhibited = Matcher().Matches(rules).Select(match => match.Groups["value"].Value.Trim('"')).ToList();

        Assert.Equal(6, inhibited.Count);
        Assert.All(inhibited, value => Assert.Contains(names, name => Regex.IsMatch(name, $"^({value})$")));
    }

    private static string BlockOf(string firstLine) =>
        Block().Matches(Page).Select(block => block.Groups["yaml"].Value).Single(yaml => yaml.StartsWith(firstLine, StringComparison.Ordinal));

    [GeneratedRegex(@"^\| \[(?<name>\w+)\]\((?<anchor>#\w+)\) \| (?<severity>\w+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    [GeneratedRegex(@"^- \*\*(?<word>[\w ]+)\*\*: ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Step();

    [GeneratedRegex(@"alertname =~? (?<value>[^\]]+)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Matcher();

    [GeneratedRegex(@"(?ms)^```yaml\n(?<yaml>.*?)^```$", RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
