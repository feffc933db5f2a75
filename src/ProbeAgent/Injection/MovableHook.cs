using System.Text.Json.Nodes;

namespace ProbeAgent.Injection;

/// <summary>A lifecycle hook of kind <c>httpGet</c> that asks its own pod.</summary>
/// <param name="Container">Whose it is.</param>
/// <param name="Hook"><c>postStart</c> or <c>preStop</c>.</param>
/// <param name="Place">Where its <c>httpGet</c> lies.</param>
/// <param name="Action">What is there.</param>
internal sealed record MovableHook(PodContainer Container, string Hook, JsonPointer Place, JsonObject Action);
