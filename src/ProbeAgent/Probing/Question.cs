using System.Net;

namespace ProbeAgent.Probing;

/// <summary>One question to the app.</summary>
/// <param name="PodAddress">The address by which the kubelet would have dialled the app.</param>
/// <param name="UserAgent">What the app is told of the asker.</param>
/// <param name="Deadline">When the answer must be there.</param>
internal sealed record Question(IPAddress PodAddress, string UserAgent, Deadline Deadline);
