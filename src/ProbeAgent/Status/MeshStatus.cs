namespace ProbeAgent.Status;

/// <summary>The sidecar.</summary>
/// <param name="Name"><c>istio</c>, <c>linkerd</c>, <c>kuma</c>, <c>custom</c>, <c>none</c> or <c>unknown</c>.</param>
/// <param name="Ready">Whether it says that it is ready; null where nobody has been asked.</param>
/// <param name="Since">Since when it is ready, or not; null where nobody has been asked.</param>
/// <param name="Output">Who was asked and what came back.</param>
internal sealed record MeshStatus(string Name, bool? Ready, DateTimeOffset? Since, string Output);
