namespace ProbeAgent.Configuration;

/// <summary>How a check asks, in the words of the Kubernetes probe.</summary>
/// <param name="Host">Where in the pod.</param>
/// <param name="Port">The app's port.</param>
internal abstract record CheckAction(PodHost Host, int Port);
