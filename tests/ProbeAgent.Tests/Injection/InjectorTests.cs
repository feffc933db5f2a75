using ProbeAgent.Injection;

namespace ProbeAgent.Tests.Injection;

public sealed class InjectorTests
{
    private const string App = "{name: app, ports: [{name: http, containerPort: 80}], livenessProbe: {httpGet: {path: /status, port: http}, periodSeconds: 10}}";

    [Theory]
    [InlineData("{containers: [{name: app}]}", "Unchanged", "NothingToMove")]
    [InlineData("{containers: [{name: app, livenessProbe: {exec: {command: [a]}}}]}", "Unchanged", "NothingToMove")]
    [InlineData("{containers: [{name: app, livenessProbe: {httpGet: {host: example.com, port: 80}}}]}", "Unchanged", "NothingToMove")]
    [InlineData("{hostNetwork: true, containers: [{name: app, livenessProbe: {tcpSocket: {port: 80}}}]}", "Unchanged", "HostNetwork")]
    [InlineData("{os: {name: windows}, containers: [{name: app, livenessProbe: {tcpSocket: {port: 80}}}]}", "Unchanged", "Windows")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: 80}}}]}", "Injected", "Moved")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: web}}}]}", "Error", "UnknownPortName")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: '80'}}}]}", "Error", "UnknownPortName")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: 0}}}]}", "Error", "Invalid")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: 80}, grpc: {port: 80}}}]}", "Error", "Invalid")]
    [InlineData("{containers: [{name: app, livenessProbe: {}}]}", "Error", "Invalid")]
    [InlineData("{containers: [{name: app, livenessProbe: {httpGet: {port: 80, path: '/a#b'}}}]}", "Error", "Invalid")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: 15081}}}]}", "Error", "PortTaken")]
    [InlineData("{containers: [{name: app, ports: [{containerPort: 15081}], livenessProbe: {tcpSocket: {port: 80}}}]}", "Error", "PortTaken")]
    [InlineData("{containers: [{name: app, ports: [{containerPort: 15082}], livenessProbe: {tcpSocket: {port: 80}}}]}", "Error", "PortTaken")]
    [InlineData("{containers: [{name: probe-agent, livenessProbe: {tcpSocket: {port: 80}}}]}", "Error", "NameTaken")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: 80}}, lifecycle: {preStop: {httpGet: {port: 80}}}}]}", "Error", "Hook")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: 80}}}, {name: istio-proxy}]}", "Unchanged", "MeshCameFirst")]
    [InlineData("{containers: [{name: app, livenessProbe: {httpGet: {port: 15081}}}, {name: probe-agent, env: [{name: PROBEAGENT_TARGET, value: ':80'}]}]}", "Injected", "Moved")]
    [InlineData("{containers: [{name: app, livenessProbe: {httpGet: {port: 80}}}, {name: probe-agent, env: [{name: PROBEAGENT_TARGET, value: ':80'}]}]}", "Error", "AgentByHand")]
    [InlineData("{}", "Error", "Invalid")]
    public void Inject_APod_DecidesAndSaysWhy(string spec, string decision, string reason)
    {
        var result = Manifest.Inject(Manifest.Pod(spec));

        Assert.Equal((decision, reason), (result.Decision.ToString(), result.Reason.ToString()));
        Assert.Equal(result.Decision != InjectionDecision.Injected, result.Patch.IsEmpty);
    }

    [Fact]
    public void Inject_NoPod_IsNone() =>
        Assert.Equal(InjectionReason.NoPod, Manifest.Inject(Manifest.Of("{apiVersion: v1, kind: Service, metadata: {name: a}}")).Reason);

    [Theory]
    [InlineData("{sidecar.istio.io/inject: 'false'}", InjectedMesh.Istio)]
    [InlineData("{linkerd.io/inject: disabled}", InjectedMesh.Linkerd)]
    [InlineData("{kuma.io/sidecar-injection: disabled}", InjectedMesh.Kuma)]
    [InlineData("{consul.hashicorp.com/connect-inject: 'false'}", InjectedMesh.Consul)]
    [InlineData("{linkerd.io/inject: disabled}", InjectedMesh.Auto)]
    internal void Inject_APodThatTheMeshLeavesAlone_LeavesItAlone(string annotations, InjectedMesh mesh) =>
        Assert.Equal(
            InjectionReason.NotInMesh, Manifest.Inject(Manifest.Pod($"{{containers: [{App}]}}", annotations), Manifest.Options with { Mesh = mesh }).Reason);

    [Theory]
    [InlineData("{traffic.sidecar.istio.io/includeInboundPorts: '*'}", null, "istio")]
    [InlineData("{config.linkerd.io/proxy-log-level: warn}", null, "linkerd")]
    [InlineData("{kuma.io/mesh: default}", null, "kuma")]
    [InlineData("{consul.hashicorp.com/connect-inject: 'true'}", null, "none")]
    [InlineData("{}", "{apiVersion: v1, kind: Namespace, metadata: {name: a, labels: {istio-injection: enabled}}}", "istio")]
    [InlineData("{}", "{apiVersion: v1, kind: Namespace, metadata: {name: a, annotations: {linkerd.io/inject: enabled}}}", "linkerd")]
    [InlineData("{}", "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: a}}", "istio")]
    [InlineData("{}", "{apiVersion: v1, kind: List, items: [{apiVersion: policy.linkerd.io/v1, kind: Server}]}", "linkerd")]
    public void Inject_Auto_GoesByTheSigns(string annotations, string? neighbour, string kind)
    {
        var pod = Manifest.Pod($"{{containers: [{App}]}}", annotations);
        var result = Manifest.Inject(pod, Manifest.Options with { Mesh = InjectedMesh.Auto }, neighbour is null ? [] : [Manifest.Of(neighbour)]);

        Assert.Contains($"kind: {kind}", Manifest.At(result.Patch.Apply(pod), "/spec/initContainers/0/env/0/value"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", null, "nothing here says which mesh")]
    [InlineData("{}", "{apiVersion: v1, kind: Namespace, metadata: {name: a, labels: {istio-injection: disabled}}}", "nothing here says which mesh")]
    [InlineData("{kuma.io/mesh: default, linkerd.io/inject: enabled, sidecar.istio.io/inject: 'false'}", null, "signs of Linkerd and of Kuma")]
    public void Inject_AutoWithoutOneSign_NamesTheFlag(string annotations, string? neighbour, string says)
    {
        var result = Manifest.Inject(
            Manifest.Pod($"{{containers: [{App}]}}", annotations), Manifest.Options with { Mesh = InjectedMesh.Auto }, neighbour is null ? [] : [Manifest.Of(neighbour)]);

        var finding = Assert.Single(result.Findings);
        Assert.Equal(InjectionReason.MeshUnknown, finding.Reason);
        Assert.Contains(says, finding.Message, StringComparison.Ordinal);
        Assert.Contains("--mesh", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{traffic.sidecar.istio.io/excludeInboundPorts: '9000, 9001'}", "\"9000, 9001,15081\"")]
    [InlineData("{traffic.sidecar.istio.io/excludeInboundPorts: '15081'}", "\"15081\"")]
    [InlineData("{traffic.sidecar.istio.io/excludeInboundPorts: ''}", "\"15081\"")]
    [InlineData("{traffic.sidecar.istio.io/includeInboundPorts: '80'}", "null")]
    [InlineData("{traffic.sidecar.istio.io/includeInboundPorts: ''}", "null")]
    [InlineData("{traffic.sidecar.istio.io/includeInboundPorts: '*'}", "\"15081\"")]
    public void Inject_PortAnnotations_AreMerged(string annotations, string excluded) => Assert.Equal(
        excluded,
        Manifest.At(
            Manifest.Injected(Manifest.Pod($"{{containers: [{App}]}}", annotations)), "/metadata/annotations/traffic.sidecar.istio.io~1excludeInboundPorts"));

    [Fact]
    public void Inject_PortThatIsIncluded_IsAnError() => Assert.Equal(
        InjectionReason.PortTaken,
        Manifest.Inject(Manifest.Pod($"{{containers: [{App}]}}", "{traffic.sidecar.istio.io/includeInboundPorts: '80,15081'}")).Reason);

    [Theory]
    [InlineData("{}", "null", "null")]
    [InlineData("{runAsUser: 0}", "65532", "null")]
    [InlineData("{runAsUser: 1337, runAsGroup: 1337}", "65532", "65532")]
    [InlineData("{runAsUser: 1000680000, fsGroup: 1000680000}", "null", "null")]
    public void Inject_ThePodsUser_IsReplacedOnlyWhereItMayNotBe(string context, string user, string group)
    {
        var pod = Manifest.Injected(Manifest.Pod($"{{securityContext: {context}, containers: [{App}]}}"));

        Assert.Equal(user, Manifest.At(pod, "/spec/initContainers/0/securityContext/runAsUser"));
        Assert.Equal(group, Manifest.At(pod, "/spec/initContainers/0/securityContext/runAsGroup"));
    }

    [Fact]
    public void Inject_BeforeNativeSidecars_IsTheFirstContainer()
    {
        var pod = Manifest.Injected(Manifest.Pod($"{{containers: [{App}, {{name: logger}}]}}"), Manifest.Options with { Kubernetes = new KubernetesVersion(1, 28) });

        Assert.Equal("\"probe-agent\"", Manifest.At(pod, "/spec/containers/0/name"));
        Assert.Equal("null", Manifest.At(pod, "/spec/containers/0/restartPolicy"));
        Assert.DoesNotContain("drain", Manifest.At(pod, "/spec/containers/0/env/0/value"), StringComparison.Ordinal);
        Assert.Equal("\"app\"", Manifest.At(pod, "/metadata/annotations/kubectl.kubernetes.io~1default-container"));
    }

    [Fact]
    public void Inject_AJobBeforeNativeSidecars_IsAnError()
    {
        var job = Manifest.Of($"{{apiVersion: batch/v1, kind: Job, metadata: {{name: a}}, spec: {{template: {{spec: {{restartPolicy: Never, containers: [{App}]}}}}}}}}");

        Assert.Equal(InjectionReason.Job, Manifest.Inject(job, Manifest.Options with { Kubernetes = new KubernetesVersion(1, 28) }).Reason);
        Assert.Equal(InjectionReason.Moved, Manifest.Inject(job).Reason);
    }

    [Fact]
    public void Inject_WhatAProbeAsks_GoesIntoTheDocument()
    {
        var pod = Manifest.Injected(Manifest.Pod("""
            {containers: [{name: app, readinessProbe: {timeoutSeconds: 3, failureThreshold: 7,
              httpGet: {scheme: HTTPS, port: 8443, path: '/a?b=$(X)', httpHeaders: [{name: X-A, value: 'c: $$'}]}}}]}
            """));

        Assert.Equal("""{"timeoutSeconds":3,"failureThreshold":7,"httpGet":{"port":15081,"path":"/app-health/app/readyz"}}""", Manifest.At(pod, "/spec/containers/0/readinessProbe"));
        Assert.Equal(
            """
            mesh:
              kind: istio
            drain:
              maxSeconds: 0
            checks:
              - name: app-readiness
                container: app
                probes:
                  - readiness
                httpGet:
                  port: 8443
                  scheme: HTTPS
                  path: "/a?b=$$(X)"
                  httpHeaders:
                    - name: X-A
                      value: "c: $$$$"
                timeoutSeconds: 3

            """,
            JsonPointer.Parse("/spec/initContainers/0/env/0/value").Find(pod)!.GetValue<string>());
    }

    [Fact]
    public void Inject_AContainerThatCameLater_IsAddedToTheDocument()
    {
        var pod = Manifest.Injected(Manifest.Pod($"{{containers: [{App}]}}")).AsObject();
        pod["spec"]!["containers"]!.AsArray().Add(Manifest.Of("{name: late, livenessProbe: {tcpSocket: {port: 81}, periodSeconds: 15}}"));

        var again = Manifest.Injected(pod);

        var document = JsonPointer.Parse("/spec/initContainers/0/env/0/value").Find(again)!.GetValue<string>();
        Assert.Contains("name: app-liveness", document, StringComparison.Ordinal);
        Assert.Contains("name: late-liveness", document, StringComparison.Ordinal);
        Assert.Equal(InjectionReason.AlreadyInjected, Manifest.Inject(again).Reason);
    }

    [Fact]
    public void Inject_Hooks_AreMovedWithAKeyOfTheirOwn()
    {
        var options = Manifest.Options with { Hooks = HookHandling.Relay, HookKey = "a secret of some length" };
        var spec = $"{{containers: [{App[..^1]}, lifecycle: {{preStop: {{httpGet: {{port: 80, path: /bye}}}}, postStart: {{tcpSocket: {{port: 80}}}}}}}}]}}";
        var pod = Manifest.Injected(Manifest.Pod(spec), options);

        Assert.Matches("^\"/app-lifecycle/app/preStop\\?key=[0-9a-f]{32}\"$", Manifest.At(pod, "/spec/containers/0/lifecycle/preStop/httpGet/path"));
        Assert.Equal("""{"tcpSocket":{"port":80}}""", Manifest.At(pod, "/spec/containers/0/lifecycle/postStart"));
        Assert.Equal(pod.ToJsonString(), Manifest.Injected(Manifest.Pod(spec), options).ToJsonString());
        Assert.NotEqual(pod.ToJsonString(), Manifest.Injected(Manifest.Pod(spec), options with { HookKey = "another secret of some length" }).ToJsonString());
        Assert.Equal(InjectionReason.AlreadyInjected, Manifest.Inject(pod, options).Reason);
    }

    [Fact]
    public void Inject_OnlyCaptured_LeavesProbesAtOtherPorts()
    {
        var options = Manifest.Options with { OnlyCaptured = true };
        var pod = Manifest.Pod(
            "{containers: [{name: app, livenessProbe: {tcpSocket: {port: 9000}}, readinessProbe: {tcpSocket: {port: 80}}}]}",
            "{traffic.sidecar.istio.io/excludeInboundPorts: '9000'}");
        var injected = Manifest.Injected(pod, options);

        Assert.Equal("""{"tcpSocket":{"port":9000}}""", Manifest.At(injected, "/spec/containers/0/livenessProbe"));
        Assert.Equal("15081", Manifest.At(injected, "/spec/containers/0/readinessProbe/httpGet/port"));
    }

    [Fact]
    public void Inject_OneOfAListThatCannotBe_InjectsNone()
    {
        var list = Manifest.Of($$$"""
            {apiVersion: v1, kind: List, items: [
              {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{{{App}}}]}},
              {apiVersion: v1, kind: Pod, metadata: {name: b}, spec: {containers: [{name: app, livenessProbe: {tcpSocket: {port: web} } } ] } } ] }
            """);

        var result = Manifest.Inject(list);

        Assert.Equal(InjectionDecision.Error, result.Decision);
        Assert.True(result.Patch.IsEmpty);
        Assert.Equal("/items/1/spec/containers/0/livenessProbe/tcpSocket/port", Assert.Single(result.Findings, finding => finding.Severity == FindingSeverity.Error).Pointer);
    }

    [Theory]
    [InlineData(5, 3, true)]
    [InlineData(10, 3, false)]
    public void Inject_ShortLiveness_Warns(int period, int threshold, bool warns) => Assert.Equal(
        warns,
        Manifest.Inject(Manifest.Pod($"{{containers: [{{name: app, livenessProbe: {{tcpSocket: {{port: 80}}, periodSeconds: {period}, failureThreshold: {threshold}}}}}]}}"))
            .Findings.Any(finding => finding is { Severity: FindingSeverity.Warning, Reason: InjectionReason.Advice }));

    /// <summary>An agent that was not written by <c>inject</c>, or has been changed, may have anything in it: nothing is added to it.</summary>
    [Theory]
    [InlineData("{name: PROBEAGENT_CONFIG_YAML, value: 'checks: [{name: app, httpGet: {path: /deep, port: 80}}]'}")]
    [InlineData("{name: PROBEAGENT_CONFIG_YAML, value: \"# by hand\\nchecks:\\n  - name: other\\n    tcpSocket:\\n      port: 81\\n\"}")]
    [InlineData("{name: PROBEAGENT_CONFIG_YAML, value: \"checks:\\n  - name: other\\n    httpGet:\\n      host: \\\"$(POD_IP)\\\"\\n      port: 81\\n\"}")]
    [InlineData("{name: PROBEAGENT_CONFIG_YAML, value: \"checks:\\n  - name: app\\n    tcpSocket:\\n      port: 80\\n\"}")]
    [InlineData("{name: PROBEAGENT_CONFIG_YAML, value: \"checks:\\n  - name: other\\n    tcpSocket:\\n      port: 81\\n\"}, {name: PROBEAGENT_TARGET, value: ':80'}")]
    [InlineData("{name: PROBEAGENT_CONFIG_YAML, value: \"checks:\\n  - name: other\\n    tcpSocket:\\n      port: 81\\n\"}, {name: PROBEAGENT_LISTEN, value: ':18080'}")]
    public void Inject_BesideAnAgentThatWasWrittenByHand_IsAnError(string variables)
    {
        var result = Manifest.Inject(Manifest.Pod($"{{initContainers: [{{name: probe-agent, env: [{variables}]}}], containers: [{App}]}}"));

        Assert.Equal((InjectionDecision.Error, InjectionReason.AgentByHand), (result.Decision, result.Reason));
        Assert.True(result.Patch.IsEmpty);
    }

    [Fact]
    public void Inject_TimeoutThatWasChangedLater_IsBroughtToTheCheck()
    {
        var pod = Manifest.Injected(Manifest.Pod($"{{containers: [{App}]}}"));
        pod["spec"]!["containers"]![0]!["livenessProbe"]!["timeoutSeconds"] = 5;

        Assert.Contains("timeoutSeconds: 5", Manifest.At(Manifest.Injected(pod), "/spec/initContainers/0/env/0/value"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.0", "5")]
    [InlineData("5e0", "5")]
    [InlineData("0", "1")]
    public void Inject_WholeNumbers_AreThoseOfKubernetes(string given, string seconds) => Assert.Contains(
        $"timeoutSeconds: {seconds}\\n",
        Manifest.At(Manifest.Injected(Manifest.Pod($"{{containers: [{{name: app, livenessProbe: {{tcpSocket: {{port: 80}}, timeoutSeconds: {given}}}}}]}}")), "/spec/initContainers/0/env/0/value"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: 80}, timeoutSeconds: 5.5}}]}", "{}", "Invalid")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: 80}, timeoutSeconds: '5'}}]}", "{}", "Invalid")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: 80}, timeoutSeconds: -1}}]}", "{}", "Invalid")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: 15082}}}]}", "{}", "PortTaken")]
    [InlineData("{containers: [{name: App_1, livenessProbe: {tcpSocket: {port: 80}}}]}", "{}", "Invalid")]
    [InlineData("{containers: [{livenessProbe: {tcpSocket: {port: 80}}}]}", "{}", "Invalid")]
    [InlineData("{containers: [{name: app, livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: A, value: 5}]}}}]}", "{}", "Invalid")]
    [InlineData("{initContainers: x, containers: [{name: app, livenessProbe: {tcpSocket: {port: 80}}}]}", "{}", "Invalid")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: 80}}}]}", "[x]", "Invalid")]
    [InlineData("{containers: [{name: app, livenessProbe: {tcpSocket: {port: 80}}}]}", "{traffic.sidecar.istio.io/excludeInboundPorts: 80}", "Invalid")]
    public void Inject_WhatKubernetesWouldRefuse_IsNotMadeIntoWhatItTakes(string spec, string annotations, string reason)
    {
        var result = Manifest.Inject(Manifest.Pod(spec, annotations));

        Assert.Equal((InjectionDecision.Error, reason), (result.Decision, result.Reason.ToString()));
    }

    [Fact]
    public void Inject_AnInitContainersProbeBeforeNativeSidecars_IsAnError() => Assert.Equal(
        InjectionReason.Invalid,
        Manifest.Inject(
            Manifest.Pod("{initContainers: [{name: a, restartPolicy: Always, startupProbe: {tcpSocket: {port: 80}}}], containers: [{name: app}]}"),
            Manifest.Options with { Kubernetes = new KubernetesVersion(1, 28) }).Reason);

    [Fact]
    public void Inject_AProxyThatIstioIsToMakeItsOwn_IsNoMark() => Assert.Equal(
        InjectionReason.Moved, Manifest.Inject(Manifest.Pod($"{{containers: [{App}, {{name: istio-proxy, image: auto}}]}}")).Reason);

    [Theory]
    [InlineData("{prometheus.io/scrape: 'true', prometheus.io/path: /a}", "null")]
    [InlineData("{prometheus.io/scrape: 'false'}", "null")]
    [InlineData("{}", "\"15081\"")]
    public void Inject_PrometheusAnnotationsOfTheApp_Stay(string annotations, string port) => Assert.Equal(
        port,
        Manifest.At(
            Manifest.Injected(Manifest.Pod($"{{containers: [{App}]}}", annotations), Manifest.Options with { Prometheus = PrometheusDiscovery.Annotations }),
            "/metadata/annotations/prometheus.io~1port"));

    [Fact]
    public void Inject_APathOfAnUnknownKind_IsNoPodWithoutContainers() => Assert.Equal(
        InjectionReason.NoPod,
        Manifest.Inject(Manifest.Of("{kind: SealedSecret, spec: {template: {spec: {a: b}}}}"), Manifest.Options with { TemplatePath = "spec.template" }).Reason);

    [Fact]
    public void NameOf_ALongContainer_IsCutWithAHash()
    {
        var name = CheckWriter.NameOf(new string('a', 63), "liveness");

        Assert.Equal(63, name.Length);
        Assert.NotEqual(name, CheckWriter.NameOf(new string('a', 63), "readiness"));
        Assert.Matches("^a{54}-[0-9a-f]{8}$", name);
    }
}
