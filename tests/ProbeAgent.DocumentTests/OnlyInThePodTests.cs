namespace ProbeAgent.DocumentTests;

/// <summary>What only the pod itself can show: a warning where a document is looked at elsewhere, a mistake where the agent starts.</summary>
public sealed class OnlyInThePodTests
{
    [Theory]
    [InlineData("""{"checks": [{"name": "a", "tcpSocket": {"host": "192.0.2.7", "port": 80}}]}""", "192.0.2.7")]
    [InlineData("""{"checks": [{"name": "a", "httpGet": {"host": "[2001:db8::7]", "port": 80}}]}""", "2001:db8::7")]
    [InlineData("""{"checks": [{"name": "a", "httpGet": {"scheme": "HTTPS", "port": 80, "caFile": "/nowhere/ca.crt"}}]}""", "/nowhere/ca.crt")]
    [InlineData("""{"checks": [{"name": "a", "grpc": {"tls": true, "port": 80, "caFile": "/nowhere/ca.crt"}}]}""", "/nowhere/ca.crt")]
    [InlineData("""{"checks": [{"name": "a", "tcpSocket": {"port": 80}}], "relays": [{"name": "m", "target": "http://192.0.2.7:81/"}]}""", "192.0.2.7")]
    [InlineData("""{"checks": [{"name": "a", "tcpSocket": {"port": 80}}], "mesh": {"readyUrl": "http://192.0.2.7:81/"}}""", "192.0.2.7")]
    public void It_is_a_warning_elsewhere_and_a_mistake_at_the_start(string document, string named)
    {
        var elsewhere = Validation.OfText(document);
        var inThePod = Validation.OfRun(["--config-yaml", document]);

        Assert.True(elsewhere.Accepts, elsewhere.ToString());
        Assert.Contains(named, Assert.Single(elsewhere.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, inThePod.ExitCode);
        Assert.Matches($"^probe-agent: --config-yaml:1:[0-9]+: .*{System.Text.RegularExpressions.Regex.Escape(named)}", Assert.Single(inThePod.Errors));
    }
}
