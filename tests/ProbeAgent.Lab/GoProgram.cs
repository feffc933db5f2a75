using Xunit;

namespace ProbeAgent.Lab;

/// <summary>The programs of this checkout that are written in Go, built with the Go on PATH and without any network.</summary>
public static class GoProgram
{
    // Where Debian puts libraries for Go: there are no modules of them.
    private const string DebiansLibraries = "/usr/share/gocode";

    private static readonly (string Library, string Package)[] HelmLibraries =
    [
        ("github.com/Masterminds/sprig", "golang-github-masterminds-sprig-dev"),
        ("github.com/xeipuuv/gojsonschema", "golang-github-xeipuuv-gojsonschema-dev"),
        ("sigs.k8s.io/yaml", "golang-k8s-sigs-yaml-dev"),
    ];

    /// <summary>True where gRPC for Go is installed; the programs are built with the tag <c>grpc</c> then.</summary>
    public static bool HasGrpc { get; } = Directory.Exists($"{DebiansLibraries}/src/google.golang.org/grpc");

    /// <summary>Skips the calling test where gRPC for Go is not installed.</summary>
    public static void NeedsGrpc() =>
        Assert.SkipUnless(HasGrpc, $"needs gRPC for Go (golang-google-grpc-dev), which is not in {DebiansLibraries}");

    /// <summary>Skips the calling test where the libraries that Helm renders with are not installed.</summary>
    public static void NeedsHelmLibraries()
    {
        foreach (var (library, package) in HelmLibraries)
        {
            Assert.SkipUnless(Directory.Exists($"{DebiansLibraries}/src/{library}"), $"needs {library} for Go ({package}), which is not in {DebiansLibraries}");
        }
    }

    /// <summary>Builds the program in that folder of the checkout.</summary>
    public static void Build(string folder, string binary)
    {
        string[] tags = HasGrpc ? ["-tags", "grpc"] : [];
        var build = Command.Describe("go", ["build", "-trimpath", "-buildvcs=false", .. tags, "-o", binary, "."]);
        build.WorkingDirectory = Checkout.InRoot(folder);
        build.Environment["GO111MODULE"] = "off";
        build.Environment["GOPATH"] = DebiansLibraries;
        build.Environment["GOFLAGS"] = "";
        build.Environment["GOTOOLCHAIN"] = "local";
        build.Environment["CGO_ENABLED"] = "0";
        var built = Command.TryRun(build);
        Assert.True(built.ExitCode == 0, $"{folder} cannot be built:\n{built.Output}{built.Error}");
    }
}
