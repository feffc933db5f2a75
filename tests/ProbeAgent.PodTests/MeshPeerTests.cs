namespace ProbeAgent.PodTests;

/// <summary>
/// The lab's sidecar keeps out and lets in whom a mesh's does: otherwise the table would prove nothing.
/// </summary>
public sealed class MeshPeerTests(PodLab lab)
{
    [Theory]
    [InlineData(MeshMode.Permissive)]
    [InlineData(MeshMode.Strict)]
    public async Task A_peer_with_a_certificate_of_the_mesh_reaches_the_app(MeshMode mode)
    {
        await using var pod = await lab.StartPodAsync(mode);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);

        Assert.Equal("200", await pod.Peer.GetStatusAsync(lab.Certificates.MeshPeer));
    }

    [Theory]
    [InlineData(MeshMode.Permissive)]
    [InlineData(MeshMode.Strict)]
    public async Task A_peer_without_a_certificate_does_not(MeshMode mode)
    {
        await using var pod = await lab.StartPodAsync(mode);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);

        Assert.Contains("certificate required", await pod.Peer.GetStatusAsync(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MeshMode.Permissive)]
    [InlineData(MeshMode.Strict)]
    public async Task A_peer_with_a_certificate_of_another_authority_does_not(MeshMode mode)
    {
        await using var pod = await lab.StartPodAsync(mode);
        await using var app = await pod.StartAppAsync(AppCondition.Healthy);

        Assert.Contains(
            "unknown ca", await pod.Peer.GetStatusAsync(lab.Certificates.Stranger), StringComparison.Ordinal);
    }
}
