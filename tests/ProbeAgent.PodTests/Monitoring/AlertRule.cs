namespace ProbeAgent.PodTests.Monitoring;

/// <summary>One alert of <c>deploy/prometheus/alerts.yaml</c>.</summary>
internal sealed record AlertRule(string Name, string Expression, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations);
