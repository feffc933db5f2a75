using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;
using ProbeAgent.ManifestTests.Injecting;

namespace ProbeAgent.ManifestTests.Charts;

/// <summary>What came of a rendering.</summary>
/// <param name="ExitCode">0, or 1 for a mistake.</param>
/// <param name="Output">The resources, or the notes where those were asked for.</param>
/// <param name="Error">The mistake.</param>
public sealed record ChartRun(int ExitCode, string Output, string Error)
{
    /// <summary>The resources, read strictly; fails where there was a mistake.</summary>
    public IReadOnlyList<object> Resources => field ??= Manifests.Parse(Good);

    /// <summary>The resources as they stand there.</summary>
    internal IReadOnlyList<JsonObject> Documents => [.. YamlValue.Documents(Good).Select(document => document.AsObject())];

    /// <summary>The webhook's container.</summary>
    public V1Container Container => The<V1Deployment>().Spec.Template.Spec.Containers.Single();

    /// <summary>The secret of the certificate that Helm made.</summary>
    public V1Secret Secret => The<V1Secret>();

    /// <summary>The certificate itself.</summary>
    public X509Certificate2 Certificate => X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(Secret.Data["tls.crt"]));

    /// <summary>The authorities that API servers are told; fails where the two webhooks are told different ones.</summary>
    public X509Certificate2Collection Authorities
    {
        get
        {
            var bundles = The<V1MutatingWebhookConfiguration>().Webhooks.Select(webhook => Encoding.ASCII.GetString(webhook.ClientConfig.CaBundle));
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(Assert.Single(bundles.Distinct()));
            return authorities;
        }
    }

    private string Good
    {
        get
        {
            Assert.True(ExitCode == 0, Error);
            return Output;
        }
    }

    /// <summary>The one resource of that kind.</summary>
    public T The<T>() => Resources.OfType<T>().Single();
}
