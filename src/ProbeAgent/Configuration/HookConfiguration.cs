namespace ProbeAgent.Configuration;

/// <summary>A lifecycle hook: <c>/app-lifecycle/{container}/{hook}?key=…</c>.</summary>
/// <param name="Container">The container whose hook it is: a DNS label.</param>
/// <param name="Hook">Which hook; one of each for a container.</param>
/// <param name="Key">What the caller must know: a hook could run the app's <c>/shutdown</c>. Letters, digits and <c>-._~</c>.</param>
/// <param name="Action">What the app is asked.</param>
internal sealed record HookConfiguration(string Container, HookKind Hook, string Key, HttpGetAction Action);
