using k8s.Models;

namespace ProbeAgent.ManifestTests;

/// <summary>The example files are the experiments that their page walks through.</summary>
public sealed class ExperimentTests
{
    [Theory]
    [InlineData("off", PeerMutualTlsMode.DISABLE, ClientTlsMode.DISABLE)]
    [InlineData("on", PeerMutualTlsMode.STRICT, ClientTlsMode.ISTIO_MUTUAL)]
    public void Server_and_callers_agree_on_the_mode(string file, PeerMutualTlsMode server, ClientTlsMode callers)
    {
        var resources = Parse($"mtls-service-go-{file}");

        Assert.Equal(server, resources.OfType<PeerAuthentication>().Single().Spec?.Mtls?.Mode);
        Assert.Equal(callers, resources.OfType<DestinationRule>().Single().Spec?.TrafficPolicy?.Tls?.Mode);
    }

    [Fact]
    public void The_two_modes_replace_each_other() =>
        Assert.Equal(Names("mtls-service-go-off"), Names("mtls-service-go-on"));

    [Fact]
    public void The_command_asks_inside_the_container() =>
        Assert.Contains("http://localhost/status", Liveness("service-go-liveness-command").Exec.Command);

    [Fact]
    public void The_http_probe_asks_the_app_itself()
    {
        var request = Liveness("service-go-liveness-http").HttpGet;

        Assert.Equal(("/status", "80"), (request.Path, request.Port.Value));
    }

    [Fact]
    public void The_tcp_probe_asks_the_app_itself() =>
        Assert.Equal("80", Liveness("service-go-liveness-tcp").TcpSocket.Port.Value);

    [Theory]
    [InlineData("service-go-liveness-http")]
    [InlineData("service-go-liveness-tcp")]
    public void Istio_is_kept_from_mending_the_probes_that_are_to_fail(string file) =>
        Assert.Equal("false", Template(file).Metadata.Annotations["sidecar.istio.io/rewriteAppHTTPProbers"]);

    [Fact]
    public void The_dns_test_has_curl_and_nslookup_at_hand() =>
        Assert.StartsWith(
            "registry.k8s.io/e2e-test-images/agnhost:",
            Assert.Single(Parse("dns-test").OfType<V1Pod>().Single().Spec.Containers).Image,
            StringComparison.Ordinal);

    private static IEnumerable<string> Names(string file) =>
        Parse(file).Cast<IMetadata<V1ObjectMeta>>().Select(resource => resource.Name());

    private static V1Probe Liveness(string file) => Assert.Single(Template(file).Spec.Containers).LivenessProbe;

    private static V1PodTemplateSpec Template(string file) => Parse(file).OfType<V1Deployment>().Single().Spec.Template;

    private static IReadOnlyList<object> Parse(string file) =>
        Manifests.Parse(Manifests.Read($"deploy/examples/{file}.yaml"));
}
