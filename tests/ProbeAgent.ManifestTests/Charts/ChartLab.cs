using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProbeAgent.Lab;
using ProbeAgent.ManifestTests.Charts;

[assembly: AssemblyFixture(typeof(ChartLab))]

namespace ProbeAgent.ManifestTests.Charts;

/// <summary>Renders the chart by <c>tests/helm-render</c>, as Helm would.</summary>
public sealed class ChartLab : IDisposable
{
    /// <summary>Where the chart is, from the root.</summary>
    public const string Chart = "deploy/helm/probe-agent";

    /// <summary>The release and its namespace, where a test names no other.</summary>
    public const string Release = "probe-agent";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("probe-agent-chart-");
    private readonly Lazy<string> renderer;
    private readonly ConcurrentDictionary<string, Lazy<ChartRun>> runs = new();

    /// <summary>Nothing is built before it is wanted.</summary>
    public ChartLab()
    {
        renderer = new Lazy<string>(Build);
        AuthorityFile = Path.Combine(folder.FullName, "ca.crt");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mine", key, HashAlgorithmName.SHA256);
        using var authority = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
    }

    /// <summary>An authority that somebody brings, as PEM.</summary>
    public string AuthorityFile { get; }

    /// <summary>What comes of these options, in the release <see cref="Release"/>; the same ones are rendered once.</summary>
    public ChartRun Render(params string[] options) => RenderAs(Release, options);

    /// <summary>The same in a release of another name.</summary>
    public ChartRun RenderAs(string release, params string[] options) => RenderChart(Checkout.InRoot(Chart), release, options);

    /// <summary>What comes of another chart.</summary>
    public ChartRun RenderChart(string chart, string release, params string[] options)
    {
        Needs.Programs("go");
        GoProgram.NeedsHelmLibraries();
        string[] command = ["--namespace", Release, .. options, release, chart];
        return runs.GetOrAdd(string.Join('\n', command), _ => new Lazy<ChartRun>(() => Run(command))).Value;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private ChartRun Run(string[] command)
    {
        var run = Command.TryRun(renderer.Value, command);
        return new ChartRun(run.ExitCode, run.Output, run.Error);
    }

    private string Build()
    {
        var built = Path.Combine(folder.FullName, "helm-render");
        GoProgram.Build("tests/helm-render", built);
        return built;
    }
}
