using System.Net;
using System.Text.Json.Nodes;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests.Webhook;

/// <summary>What the webhook answers to reviews as an API server posts them, over its own TLS and HTTP/2.</summary>
public sealed class WebhookReviewTests(WebhookFixture fixture) : IClassFixture<WebhookFixture>
{
    private const string Mark = "probe-agent/injection";

    private WebhookProcess Webhook => fixture.Webhook;

    [Fact]
    public async Task A_pod_of_a_ReplicaSet_is_injected_wholly()
    {
        var review = Reviews.Read(Reviews.ReplicaSetPod);

        var answer = await Webhook.ReviewAsync(review.ToJsonString());

        Assert.Equal(("0df28fbd-5f5f-11e8-bc74-36e6bb280816", "injected", "moved"), (answer.Uid, answer.Decision, answer.Reason));
        var pod = answer.ApplyTo(Reviews.PodOf(review));
        var annotations = pod["metadata"]!["annotations"]!.AsObject();
        Assert.Equal("15081", annotations["traffic.sidecar.istio.io/excludeInboundPorts"]!.GetValue<string>());
        Assert.Equal("false", annotations["sidecar.istio.io/rewriteAppHTTPProbers"]!.GetValue<string>());
        Assert.StartsWith("injected", annotations[Mark]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("2026-11-02T09:13:44Z", annotations["kubectl.kubernetes.io/restartedAt"]!.GetValue<string>());
        var app = pod["spec"]!["containers"]![0]!;
        Assert.Equal(("/app-health/orders/livez", 15081), Asked(app["livenessProbe"]!));
        Assert.Equal(("/app-health/orders/readyz", 15081), Asked(app["readinessProbe"]!));
        Assert.Equal(2, app["livenessProbe"]!["timeoutSeconds"]!.GetValue<int>());
        Assert.False(app["readinessProbe"]!.AsObject().ContainsKey("tcpSocket"));
        var agent = pod["spec"]!["initContainers"]![0]!;
        Assert.Equal(("probe-agent", "registry.example.com/probe-agent:1"), (agent["name"]!.GetValue<string>(), agent["image"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_dry_run_is_answered_like_any_other()
    {
        var review = Reviews.Read(Reviews.PodByHand);

        var dry = await Webhook.ReviewAsync(review.ToJsonString());
        review["request"]!["dryRun"] = false;
        var wet = await Webhook.ReviewAsync(review.ToJsonString());

        Assert.Equal("injected", dry.Decision);
        Assert.Equal(dry.Patch.ToJsonString(), wet.Patch.ToJsonString());
        var pod = dry.ApplyTo(Reviews.PodOf(review));
        Assert.Equal(["probe-agent", "migrate"], pod["spec"]!["initContainers"]!.AsArray().Select(one => one!["name"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(Reviews.ReplicaSetPod)]
    [InlineData(Reviews.PodByHand)]
    public async Task Asked_again_after_the_mesh_it_changes_nothing(string name)
    {
        var review = Reviews.Read(name);
        var pod = (await Webhook.ReviewAsync(review.ToJsonString())).ApplyTo(Reviews.PodOf(review));
        pod["metadata"]!["annotations"]!["sidecar.istio.io/status"] = "{}";
        pod["spec"]!["initContainers"]!.AsArray().Insert(0, new JsonObject { ["name"] = "istio-init", ["image"] = "proxyv2" });
        pod["spec"]!["containers"]!.AsArray().Add(new JsonObject { ["name"] = "istio-proxy", ["image"] = "proxyv2" });

        var answer = await Webhook.ReviewAsync(Reviews.About(review, pod));

        Assert.Equal(("unchanged", "already_injected"), (answer.Decision, answer.Reason));
        Assert.Empty(answer.Patch);
    }

    [Fact]
    public async Task A_pod_that_a_mesh_has_been_at_is_left_with_a_note_and_told_once()
    {
        var review = Reviews.Read(Reviews.PodAfterIstio);

        var first = await Webhook.ReviewAsync(review.ToJsonString());
        var pod = first.ApplyTo(Reviews.PodOf(review));
        var second = await Webhook.ReviewAsync(Reviews.About(review, pod));

        Assert.Equal(("unchanged", "mesh_came_first"), (first.Decision, first.Reason));
        Assert.StartsWith("unchanged: ", pod["metadata"]!["annotations"]![Mark]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Single(first.Patch);
        Assert.Single(first.Warnings);
        Assert.Empty(second.Patch);
        var line = await Webhook.Agent.WaitForOutputAsync("mesh_came_first");
        Assert.Contains("\"ledger-0\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_that_cannot_be_injected_is_admitted_with_a_note_a_line_and_a_count()
    {
        const string Series = "probe_agent_webhook_decisions_total{decision=\"error\",reason=\"unknown_port_name\"}";
        var before = await Webhook.MetricAsync(Series);
        var review = Reviews.Read(Reviews.ReplicaSetPod);
        Reviews.PodOf(review)["spec"]!["containers"]![0]!["livenessProbe"]!["httpGet"]!["port"] = "nosuch";

        var answer = await Webhook.ReviewAsync(review.ToJsonString());

        Assert.Equal(("error", "unknown_port_name"), (answer.Decision, answer.Reason));
        Assert.Contains("nosuch", Assert.Single(answer.Patch)!["value"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("nosuch", Assert.Single(answer.Warnings), StringComparison.Ordinal);
        var line = await Webhook.Agent.WaitForOutputAsync("unknown_port_name");
        Assert.All(["warn", "\"orders-5d4f9c7b6d-\"", "\"shop\"", "nosuch"], word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.Equal(before + 1, await Webhook.MetricAsync(Series));
    }

    [Theory]
    [InlineData("operation", "\"UPDATE\"")]
    [InlineData("operation", "[]")]
    [InlineData("subResource", "\"ephemeralcontainers\"")]
    [InlineData("resource", """{"group": "apps", "version": "v1", "resource": "deployments"}""")]
    [InlineData("resource", "7")]
    [InlineData("object", "null")]
    [InlineData("object", "\"a pod\"")]
    [InlineData("object", "{}")]
    [InlineData("object", """{"kind": "Pod", "metadata": [], "spec": 7}""")]
    [InlineData("object", """{"kind": [], "metadata": null, "spec": {"containers": [7, null, "a"]}}""")]
    [InlineData("object", """{"kind": "Pod", "metadata": {"annotations": 7}, "spec": {"containers": [{"name": [], "livenessProbe": 7}]}}""")]
    [InlineData("object", """{"kind": "Pod", "metadata": {"annotations": {"a": 7}}, "spec": {"containers": {"name": "a"}, "initContainers": "none"}}""")]
    [InlineData("object", """{"kind": "Pod", "metadata": {}, "spec": {"containers": [{"livenessProbe": {"httpGet": {"port": {}, "path": []}, "timeoutSeconds": "soon"}}]}}""")]
    [InlineData("namespace", "7")]
    [InlineData("name", "{}")]
    public async Task What_is_no_pod_or_a_strange_one_is_admitted(string key, string value)
    {
        var review = Reviews.Read(Reviews.ReplicaSetPod);
        review["request"]![key] = JsonNode.Parse(value);

        var answer = await Webhook.ReviewAsync(review.ToJsonString());

        Assert.NotEqual("internal_error", answer.Reason);
        Assert.True(answer.Decision != "injected" || key is "namespace" or "name", answer.Decision);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"apiVersion\": \"admission.k8s.io/v1beta1\", \"kind\": \"AdmissionReview\", \"request\": {\"uid\": \"a\"}}")]
    [InlineData("{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {}}")]
    [InlineData("{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {\"uid\": [\"a\"]}}")]
    public async Task What_is_no_review_is_400_with_a_sentence(string body)
    {
        using var response = await Webhook.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var sentence = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.InRange(sentence.Length, 20, 400);
        Trace.AssertNone(sentence);
    }

    [Theory]
    [InlineData("GET", "/mutate", 405)]
    [InlineData("PUT", "/mutate", 405)]
    [InlineData("GET", "/", 404)]
    [InlineData("POST", "/mutate/", 404)]
    [InlineData("POST", "/Mutate", 404)]
    [InlineData("GET", "/metrics", 404)]
    [InlineData("GET", "/-/healthy", 404)]
    public async Task Everything_else_is_not_there(string method, string path, int code)
    {
        using var response = await Webhook.SendAsync(new HttpMethod(method), path);

        Assert.Equal(code, (int)response.StatusCode);
        Assert.Equal(code == 405, response.Content.Headers.Allow.Contains("POST"));
    }

    [Fact]
    public async Task A_body_of_another_type_is_415()
    {
        using var content = new StringContent(Reviews.Read(Reviews.PodByHand).ToJsonString());

        using var response = await Webhook.SendAsync(HttpMethod.Post, "/mutate", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task It_speaks_both_versions_of_HTTP(string version)
    {
        using var client = Webhook.NewClient(Version.Parse(version));

        using var response = await Webhook.PostAsync(Reviews.Read(Reviews.PodByHand).ToJsonString(), client);

        Assert.Equal((HttpStatusCode.OK, Version.Parse(version)), (response.StatusCode, response.Version));
    }

    [Fact]
    public async Task Its_own_port_has_probes_and_metrics_and_nothing_else()
    {
        Assert.Equal(HttpStatusCode.OK, (await Webhook.OwnAsync("/-/healthy")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Webhook.OwnAsync("/-/ready")).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await Webhook.OwnAsync("/mutate")).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await Webhook.OwnAsync("/livez")).Code);
    }

    [Fact]
    public async Task Its_metrics_are_those_of_the_page()
    {
        var (_, page) = await Webhook.OwnAsync("/metrics");

        var lines = await File.ReadAllLinesAsync(Checkout.InRoot("docs/metrics.md"), TestContext.Current.CancellationToken);
        var row = lines
            .Single(line => line.StartsWith("| `probe_agent_webhook_decisions_total` |", StringComparison.Ordinal));
        var reasons = row.Split("`reason` = ")[1].Split('|')[0].Split(',', StringSplitOptions.TrimEntries);
        var served = page.Split('\n').Where(line => line.StartsWith("probe_agent_webhook_decisions_total{", StringComparison.Ordinal))
            .Select(line => line.Split("reason=\"")[1].Split('"')[0]);
        Assert.Equal(reasons.Order(StringComparer.Ordinal), served.Order(StringComparer.Ordinal));
        Assert.Contains("probe_agent_build_info{", page, StringComparison.Ordinal);
        Assert.Contains("process_resident_memory_bytes ", page, StringComparison.Ordinal);
    }

    private static (string, int) Asked(JsonNode probe) =>
        (probe["httpGet"]!["path"]!.GetValue<string>(), probe["httpGet"]!["port"]!.GetValue<int>());
}
