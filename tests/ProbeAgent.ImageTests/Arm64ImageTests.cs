using System.Buffers.Binary;
using System.Text;

namespace ProbeAgent.ImageTests;

/// <summary>The image for arm64 is built beside the other, and works.</summary>
public sealed class Arm64ImageTests(Arm64Image image)
{
    // EM_AARCH64 of <elf.h>, and where a file says for which machine it is.
    private const ushort Aarch64 = 183;
    private const int MachineOffset = 18;

    [Fact]
    public void Its_binary_and_its_bill_are_of_that_processor()
    {
        var binary = image.Read(AgentImage.Binary);

        Assert.Equal("arm64", image.Inspect("{{.Architecture}}"));
        Assert.Equal("\u007fELF"u8, binary.AsSpan(0, 4));
        Assert.Equal(Aarch64, BinaryPrimitives.ReadUInt16LittleEndian(binary.AsSpan(MachineOffset)));
        Assert.Contains("Microsoft.NETCore.App.Runtime.NativeAOT.linux-arm64@", Encoding.UTF8.GetString(image.Read(AgentImage.Bill)), StringComparison.Ordinal);
        Figure.Print($"arm64: binary {binary.Length:N0} bytes");
    }

    [Fact]
    public void Its_commands_run()
    {
        Assert.StartsWith($"probe-agent {AgentDockerfile.Default("VERSION")}", image.Run("version"), StringComparison.Ordinal);
        Assert.Contains("path: /status  # --target\n", image.Run("validate", "--target=:80/status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_serves_and_tells_the_truth_about_the_app()
    {
        using var pod = await image.StartPodAsync();
        await using var agent = await image.StartAsync(pod);

        Assert.Equal(["200"], pod.Ask("/-/healthy"));
        // Emulated, its first question may take longer than its budget; the second does not.
        pod.Ask("/livez");
        Assert.Equal(["200"], pod.Ask("/livez"));
        pod.KillApp();
        Assert.Equal(["502"], pod.Ask("/livez"));
        Assert.Equal(("0", "false"), agent.Stop());
    }
}
