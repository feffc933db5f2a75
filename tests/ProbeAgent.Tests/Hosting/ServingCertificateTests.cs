using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProbeAgent.Hosting;
using ProbeAgent.Tests.Mesh;
using ProbeAgent.Tests.Probing.Wire;

namespace ProbeAgent.Tests.Hosting;

public sealed class ServingCertificateTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider clock = new(TestAuthority.Now);
    private readonly LogLines<ServingCertificate> log = new();
    private readonly ServingCertificate serving;

    public ServingCertificateTests()
    {
        serving = new ServingCertificate(CertificateFile, KeyFile, clock, log);
        Write(TestAuthority.SelfSigned("first.example.com"));
    }

    private string CertificateFile => Path.Combine(folder.FullName, "tls.crt");

    private string KeyFile => Path.Combine(folder.FullName, "tls.key");

    [Fact]
    public void TryLoad_APairThatFits_IsServed()
    {
        Assert.Null(serving.TryLoad());

        Assert.True(serving.IsValid);
        Assert.Equal("first.example.com", Served());
    }

    [Fact]
    public void TryLoad_WithTheKeyOfAnother_SaysWhichFiles()
    {
        WriteKey(TestAuthority.SelfSigned("other.example.com"));

        var mistake = serving.TryLoad();

        Assert.Contains(CertificateFile, mistake, StringComparison.Ordinal);
        Assert.Contains(KeyFile, mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tls.crt", "")]
    [InlineData("tls.crt", "no certificate")]
    [InlineData("tls.crt", "-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n")]
    [InlineData("tls.key", "")]
    [InlineData("tls.key", "no key")]
    [InlineData("tls.key", "-----BEGIN PRIVATE KEY-----\nbm90IG9uZQ==\n-----END PRIVATE KEY-----\n")]
    public void TryLoad_AFileWithoutWhatItShouldHave_IsNamed(string file, string content)
    {
        var path = Path.Combine(folder.FullName, file);
        File.WriteAllText(path, content);

        Assert.Contains(path, serving.TryLoad(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tls.crt")]
    [InlineData("tls.key")]
    public void TryLoad_AFileThatIsNotThere_IsNamed(string file)
    {
        var path = Path.Combine(folder.FullName, file);
        File.Delete(path);

        Assert.Contains($"{path} is not there", serving.TryLoad(), StringComparison.Ordinal);
    }

    [Fact]
    public void Look_ANewPair_IsServedFromThenOn()
    {
        serving.TryLoad();
        Write(TestAuthority.SelfSigned("second.example.com"));

        serving.Look();
        serving.Look();

        Assert.Equal("second.example.com", Served());
        Assert.Equal(LogLevel.Information, Assert.Single(log.All).Level);
    }

    [Fact]
    public void Look_TheSameFiles_AreNotReadAsNew()
    {
        serving.TryLoad();
        var pair = serving.Current;

        serving.Look();

        Assert.Same(pair, serving.Current);
        Assert.Empty(log.All);
    }

    [Fact]
    public void Look_HalfASwap_KeepsTheOldPairAndSaysNothing()
    {
        serving.TryLoad();
        var second = TestAuthority.SelfSigned("second.example.com");
        File.WriteAllText(CertificateFile, second.ExportCertificatePem());
        serving.Look();
        Assert.Equal("first.example.com", Served());

        WriteKey(second);
        serving.Look();

        Assert.Equal("second.example.com", Served());
        Assert.DoesNotContain(log.All, line => line.Level == LogLevel.Warning);
    }

    [Fact]
    public void Look_APairThatDoesNotFitForLong_KeepsTheOldOneAndWarnsOnce()
    {
        serving.TryLoad();
        WriteKey(TestAuthority.SelfSigned("other.example.com"));

        for (var look = 0; look < 10; look++)
        {
            serving.Look();
        }

        Assert.Equal("first.example.com", Served());
        Assert.Equal(LogLevel.Warning, Assert.Single(log.All).Level);
    }

    [Fact]
    public void Look_AfterTheEndOfTheCertificate_IsNotValidAndWarnsOnce()
    {
        serving.TryLoad();
        clock.Advance(TimeSpan.FromDays(2));

        serving.Look();
        serving.Look();

        Assert.False(serving.IsValid);
        Assert.Contains("expired", Assert.Single(log.All).Text, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Served() => serving.Current.Context.TargetCertificate.GetNameInfo(X509NameType.DnsFromAlternativeName, forIssuer: false);

    private void Write(X509Certificate2 certificate)
    {
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        WriteKey(certificate);
    }

    private void WriteKey(X509Certificate2 certificate) =>
        File.WriteAllText(KeyFile, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
}
