using Microsoft.Extensions.Logging;
using ProbeAgent.Configuration;

namespace ProbeAgent.Tests.Configuration;

public sealed class DocumentReaderTests
{
    private const string Everything = """
        listen: '10.0.0.5:15099'
        admin: 'off'
        detail: full
        drain: {maxSeconds: 0}
        log: {level: debug, format: json}
        mesh: {kind: custom, readyUrl: 'http://:15021/ready', gate: [readiness], gateDeadlineSeconds: 5}
        checks:
        - name: web
          container: shop
          probes: [liveness, startup]
          httpGet: {scheme: HTTPS, host: localhost, port: 8443, path: 'a b?c=d', httpHeaders: [{name: X-A, value: one}, {name: X-A, value: two}]}
          timeoutSeconds: 300
          maxAgeSeconds: 0.25
          relayBody: true
        - {name: "42", tcpSocket: {host: '::1', port: 65535}}
        - {name: calls, grpc: {port: 9090, service: shop.v1.Orders, tls: true}}
        relays:
        - {name: app, target: 'https://:8443/metrics?a=b'}
        hooks:
        - {container: shop, hook: postStart, key: 0123456789abcdef, httpGet: {port: 80, path: /warm}}
        """;

    [Fact]
    public void Read_EveryKey_ReachesTheConfiguration()
    {
        var outcome = Reading.OfDocument(Everything.Replace("0123456789abcdef", "'0123456789abcdef'", StringComparison.Ordinal));

        Assert.Empty(outcome.Mistakes);
        var configuration = outcome.Configuration!;
        Assert.Equal(("10.0.0.5:15099", null), (configuration.Listen.ToString(), configuration.Admin));
        Assert.Equal((Detail.Full, TimeSpan.Zero), (configuration.Detail, configuration.DrainMax));
        Assert.Equal((LogLevel.Debug, LogFormat.Json), (configuration.LogLevel, configuration.LogFormat));
        Assert.Equal(["web", "42", "calls"], configuration.Checks.Select(check => check.Name));
        Assert.Equal(["shop", "42", "calls"], configuration.Checks.Select(check => check.Container));
        var web = configuration.Checks[0];
        Assert.Equal([ProbeKind.Liveness, ProbeKind.Startup], web.Probes);
        Assert.Equal("https://localhost:8443/a%20b?c=d", web.Action.ToString());
        Assert.Equal([new HttpHeader("X-A", "one"), new HttpHeader("X-A", "two")], ((HttpGetAction)web.Action).Headers);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(0.25), true), (web.Timeout, web.MaxAge, web.RelaysBody));
        Assert.Equal("tcp://[::1]:65535", configuration.Checks[1].Action.ToString());
        Assert.Equal("grpc://:9090/shop.v1.Orders over TLS", configuration.Checks[2].Action.ToString());
        Assert.Equal(["app https://:8443/metrics?a=b"], configuration.Relays.Select(relay => $"{relay.Name} {relay.Target}"));
        var hook = Assert.Single(configuration.Hooks);
        Assert.Equal(("shop", HookKind.PostStart, "0123456789abcdef"), (hook.Container, hook.Hook, hook.Key));
        Assert.Equal((MeshKind.Custom, TimeSpan.FromSeconds(5)), (configuration.Mesh.Kind, configuration.Mesh.GateDeadline));
    }

    [Fact]
    public void Effective_OfEveryKey_IsADocumentThatSaysTheSame()
    {
        var outcome = Reading.OfDocument(Everything.Replace("0123456789abcdef", "'0123456789abcdef'", StringComparison.Ordinal));
        var written = EffectiveConfiguration.Write(outcome.Configuration!, outcome.Origins);

        var again = Reading.OfDocument(written);

        Assert.Empty(again.Mistakes);
        Assert.Equal(WithoutComments(written), WithoutComments(EffectiveConfiguration.Write(again.Configuration!, again.Origins)));
        Assert.DoesNotContain("0123456789abcdef", written, StringComparison.Ordinal);
        Assert.DoesNotContain("one", written, StringComparison.Ordinal);
        Assert.Contains("timeoutSeconds: 300  # doc:12:19\n", written, StringComparison.Ordinal);
        Assert.Contains("timeoutSeconds: 1  # default\n", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key: 'not a key: s3cr3t'")]
    [InlineData("key: 5353535353535353")]
    public void Read_AWrongSecret_IsNotShown(string key)
    {
        var outcome = Reading.OfDocument($$"""
            hooks:
            - container: shop
              hook: preStop
              {{key}}
              httpGet: {port: 80, httpHeaders: [{name: Authorization, value: 5353}, {name: Cookie, value: "s3cr3t\x01"}]}
            """);

        Assert.Equal(3, outcome.Mistakes.Count);
        Assert.DoesNotContain(outcome.Mistakes, mistake =>
            mistake.Message.Contains("s3cr3t", StringComparison.Ordinal) || mistake.Message.Contains("5353", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("checks: [{name: a, httpGet: {port: 80, httpHeaders: ['Authorization: s3cr3t']}}]")]
    [InlineData("checks: [{name: a, httpGet: {port: 80, httpHeaders: 'Authorization: s3cr3t'}}]")]
    [InlineData("checks: [{name: a, httpGet: {port: 80, httpHeaders: [{name: 'Authorization: s3cr3t', value: x}]}}]")]
    [InlineData("checks: [{name: a, httpGet: {port: 80, httpHeaders: [{name: A, value:s3cr3t}]}}]")]
    [InlineData("checks: [{name: a, httpGet: {port: 80, httpHeaders: [{name: A, value: !!str s3cr3t}]}}]")]
    [InlineData("hooks: [s3cr3t]")]
    [InlineData("hooks: s3cr3t")]
    [InlineData("hooks: [{container: a, hook: 'preStop?key=s3cr3t', key: k, httpGet: {port: 80}}]")]
    [InlineData("hooks: [{container: a, hook: preStop, key: *s3cr3t, httpGet: {port: 80}}]")]
    [InlineData("hooks: [{container: a, hook: preStop, key: &s3cr3t k, httpGet: {port: 80}}]")]
    [InlineData("hooks: [{container: a, hook: preStop, key: k, httpGet: '/app-lifecycle/a/preStop?key=s3cr3t'}]")]
    [InlineData("hooks: [{container: a, hook: preStop, key:s3cr3t, httpGet: {port: 80}}]")]
    [InlineData("hooks: [{container: a, hook: preStop, key:s3cr3t, key:s3cr3t}]")]
    public void Read_ASecretInTheWrongPlace_IsNotShown(string document)
    {
        var mistakes = Reading.OfDocument(document).Mistakes;

        Assert.NotEmpty(mistakes);
        Assert.DoesNotContain(mistakes, mistake => mistake.ToString().Contains("s3cr3t", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("checks: [{name: app, httpGet: {port: 80, scheme: HTTPS}}]", "doc:1:50: checks[0].httpGet.scheme ")]
    [InlineData("checks: [{name: app, grpc: {port: 80, tls: true}}]", "doc:1:44: checks[0].grpc.tls ")]
    [InlineData("relays: [{name: app, target: 'https://:80/'}]", "doc:1:30: relays[0].target ")]
    public void Read_TlsWithoutOpenSsl_IsAMistakeAtStart(string document, string where)
    {
        var pod = Reading.Pod with { HasTls = () => false };

        var outcome = new ConfigurationReader(Nothing, pod).Read(new DocumentText("doc", document));

        var mistake = Assert.Single(outcome.Mistakes).ToString();
        Assert.StartsWith(where, mistake, StringComparison.Ordinal);
        Assert.Contains("needs OpenSSL (libssl)", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OnAnotherMachine_WhatOnlyThePodCanSeeIsAWarning()
    {
        const string Document = """
            checks:
            - {name: app, httpGet: {scheme: HTTPS, host: 10.9.9.9, port: 80, caFile: /nowhere/ca.crt}}
            """;

        var here = Reading.OfDocument(Document);
        var elsewhere = new ConfigurationReader(Nothing, Reading.Pod with { IsThePod = false }).Read(new DocumentText("doc", Document));

        Assert.Equal(2, here.Mistakes.Count);
        Assert.NotNull(elsewhere.Configuration);
        Assert.Contains(elsewhere.Warnings, warning => warning.Contains("10.9.9.9", StringComparison.Ordinal));
        Assert.Contains(elsewhere.Warnings, warning => warning.Contains("/nowhere/ca.crt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{kind: none, gate: [readiness]}", true)]
    [InlineData("{kind: none, readyUrl: ':15021/ready'}", true)]
    [InlineData("{kind: none}", false)]
    [InlineData("{gate: [readiness]}", false)]
    [InlineData("{kind: istio, gate: [readiness], gateDeadlineSeconds: 0}", false)]
    public void Read_AGateWithoutAMesh_IsAWarning(string mesh, bool isWarned)
    {
        var outcome = Reading.OfDocument($$"""
            checks: [{name: a, tcpSocket: {port: 80} }]
            mesh: {{mesh}}
            """);

        Assert.NotNull(outcome.Configuration);
        Assert.Equal(isWarned ? 1 : 0, outcome.Warnings.Count(warning => warning.Contains("mesh.kind is 'none'", StringComparison.Ordinal)));
        Assert.Equal(isWarned ? 1 : 0, outcome.Warnings.Count);
    }

    [Theory]
    [InlineData(1337, 65532, "Istio")]
    [InlineData(65532, 1337, "Istio")]
    [InlineData(2102, 0, "Linkerd")]
    [InlineData(5678, 5678, "Kuma")]
    [InlineData(5995, 5995, "Consul")]
    [InlineData(65532, 65532, null)]
    [InlineData(0, 0, null)]
    public void Read_AsTheUserOrGroupOfAMeshsProxy_IsAWarning(int user, int group, string? owner)
    {
        var outcome = new ConfigurationReader(Nothing, Reading.Pod with { RunsAs = (user, group) })
            .Read(new DocumentText("doc", "checks: [{name: a, tcpSocket: {port: 80}}]"));

        Assert.NotNull(outcome.Configuration);
        Assert.Equal(owner is null ? 0 : 1, outcome.Warnings.Count);
        Assert.All(outcome.Warnings, warning => Assert.Contains($"{owner} takes that for its own proxy", warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("shop", "shop", "[liveness]", false)]
    [InlineData("shop", "till", "[liveness]", true)]
    [InlineData("shop", "till", "[readiness]", false)]
    public void Read_LivenessOfSeveralContainers_IsAWarning(string first, string second, string probes, bool isCoupled)
    {
        var outcome = Reading.OfDocument($$"""
            checks:
            - {name: a, container: {{first}}, tcpSocket: {port: 80} }
            - {name: b, container: {{second}}, tcpSocket: {port: 81}, probes: {{probes}} }
            """);

        Assert.Equal(isCoupled, outcome.Warnings.Any(warning => warning.Contains("/livez asks the checks of 2 containers", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("lisen: x", "the document has no key 'lisen'; did you mean 'listen'?")]
    [InlineData("drain: {max: 1}", "drain has no key 'max'; did you mean 'maxSeconds'?")]
    [InlineData("checks: [{name: a, tcpSocket: {port: 80, ports: 1}}]", "checks[0].tcpSocket has no key 'ports'; did you mean 'port'?")]
    [InlineData("checks: [{name: a, tcpSocket: {port: 80}, httpget: {}}]", "checks[0] has no key 'httpget'; did you mean 'httpGet'?")]
    [InlineData("checks: [{name: a, tcpSocket: {port: 80}, periodSeconds: 1}]",
        "checks[0] has no key 'periodSeconds'; 'periodSeconds' stays at the probe in the pod spec, the agent has no thresholds and no schedule")]
    [InlineData("relays: [{name: a, target: ':80/', path: x}]", "relays[0] has no key 'path'; there are name, target")]
    public void Read_AnUnknownKey_IsAMistakeAtEveryLevel(string document, string expected) =>
        Assert.Contains(expected, Reading.OfDocument(document).Mistakes.Select(mistake => mistake.Message));

    [Fact]
    public void Read_AVariableAndADocument_TheVariableCounts()
    {
        var outcome = Reading.OfDocument(
            """
            detail: full
            checks: [{name: web, tcpSocket: {port: 80}}]
            """,
            ("PROBEAGENT_DETAIL", "reason"), ("PROBEAGENT_TARGET", "tcp://:81"));

        Assert.Equal((Detail.Reason, "app"), (outcome.Configuration!.Detail, Assert.Single(outcome.Configuration.Checks).Name));
        Assert.Equal(
            ["PROBEAGENT_TARGET and doc:2:9 both name checks; PROBEAGENT_TARGET counts, and those of the document are not used"],
            outcome.Warnings);
    }

    [Theory]
    [InlineData("checks: [{name: a, tcpSocket: {port: 80}}]\n\0\nlisten: 5", "doc:2:1: a control character")]
    [InlineData("checks: [{name: a, tcpSocket: {port: 80}}]\n---\nlisten: 5", "doc:2:1: a second document")]
    [InlineData("\uFEFFchecks: [{name: a, tcpSocket: {port: 80}}]", "doc:1:1: the text begins with a byte order mark")]
    [InlineData("checks: &x [{name: a, tcpSocket: {port: 80}}]", "doc:1:9: '&' makes an anchor")]
    [InlineData("checks: !x [{name: a, tcpSocket: {port: 80}}]", "doc:1:9: '!' makes a tag")]
    [InlineData("checks: [{name: a, tcpSocket: {port: 80}, tcpSocket: {port: 81}}]", "doc:1:43: the key 'tcpSocket' is there twice")]
    public void Read_WhatHidesPartOfADocument_IsRefused(string document, string expected) =>
        Assert.StartsWith(expected, Assert.Single(Reading.OfDocument(document).Mistakes).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Read_SeveralMistakes_AreToldInTheirOrder()
    {
        var outcome = Reading.OfDocument(
            """
            log: {level: x}
            detail: y
            admin: z
            """,
            ("PROBEAGENT_LISTEN", "w"));

        Assert.Equal(
            ["PROBEAGENT_LISTEN", "doc:1:14", "doc:2:9", "doc:3:8"],
            outcome.MistakeLines().Select(line => line.Split(": ")[0]));
    }

    [Theory]
    [InlineData("checks: [{name: a, grpc: {port: 15081}}]", "doc:1:33: checks[0].grpc.port: port 15081 is the agent's own; a target is the port of the app")]
    [InlineData("relays: [{name: a, target: ':15082/'}]", "doc:1:28: relays[0].target: port 15082 is the agent's own; a target is the port of the app")]
    [InlineData("hooks: [{container: a, hook: preStop, key: k, httpGet: {port: 15081}}]",
        "doc:1:63: hooks[0].httpGet.port: port 15081 is the agent's own; a target is the port of the app")]
    public void Read_TheAgentsOwnPort_IsNobodysTarget(string document, string expected) =>
        Assert.Equal(expected, Assert.Single(Reading.OfDocument(document).Mistakes).ToString());

    private static GivenSettings Nothing { get; } = new(new Dictionary<Setting, string>(), new Dictionary<string, string>());

    private static string WithoutComments(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Split("  #")[0]));
}
