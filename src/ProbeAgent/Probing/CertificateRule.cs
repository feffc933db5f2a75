using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProbeAgent.Probing;

/// <summary>
/// Whether the certificate of an app is believed, by the rules of Go's <c>crypto/x509</c>: any certificate of the file is an
/// authority, and names stand in the SANs only, never in the common name.
/// </summary>
internal static class CertificateRule
{
    private const int MaxNames = 3;

    /// <summary>All that is wrong, after «its certificate»; null where nothing is.</summary>
    /// <param name="leaf">The app's certificate.</param>
    /// <param name="chain">The chain that was built from it.</param>
    /// <param name="authorities">Who is believed.</param>
    /// <param name="asked">The names by which the app was asked; any of them is enough.</param>
    /// <param name="dialled">The address that was connected to: enough as well.</param>
    public static string? Fault(
        X509Certificate2 leaf, X509Chain chain, Authorities authorities, IReadOnlyList<string> asked, IPAddress dialled)
    {
        var faults = new List<string>();
        var elements = chain.ChainElements.ToList();
        var anchor = elements.FindIndex(element => authorities.Contain(element.Certificate));
        // What stands above an authority is of no interest.
        foreach (var element in anchor < 0 ? elements : elements[..(anchor + 1)])
        {
            faults.AddRange(FaultsOf(element, element == elements[0], chain.ChainPolicy.VerificationTime.ToLocalTime()));
        }

        if (NameFault(leaf, asked, dialled) is { } nameFault)
        {
            faults.Add(nameFault);
        }

        if (anchor < 0)
        {
            faults.Add(TrustFault(elements.Count == 0 ? leaf : elements[^1].Certificate, leaf, authorities));
        }

        return faults.Count switch
        {
            0 => null,
            1 => faults[0],
            _ => $"{string.Join(", ", faults.SkipLast(1))}, and {faults[^1]}",
        };
    }

    private static IEnumerable<string> FaultsOf(X509ChainElement element, bool isLeaf, DateTime now)
    {
        var certificate = element.Certificate;
        foreach (var status in element.ChainElementStatus)
        {
            var fault = status.Status switch
            {
                X509ChainStatusFlags.NoError or X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.UntrustedRoot => null,
                X509ChainStatusFlags.NotTimeValid when now < certificate.NotBefore =>
                    $"is not valid before {Day(certificate.NotBefore)}",
                X509ChainStatusFlags.NotTimeValid => $"expired on {Day(certificate.NotAfter)}",
                X509ChainStatusFlags.NotSignatureValid => $"has a signature that is not by {Name(certificate.IssuerName)}",
                // It is said of every element where one of them is not for servers.
                X509ChainStatusFlags.NotValidForUsage => isLeaf ? "is not meant for a server" : null,
                X509ChainStatusFlags.InvalidBasicConstraints => "is not that of an authority",
                var other => $"is not valid ({other})",
            };
            if (fault is not null)
            {
                yield return isLeaf ? fault : $"is signed by {Name(certificate.SubjectName)}, whose own {fault}";
            }
        }
    }

    private static string? NameFault(X509Certificate2 leaf, IReadOnlyList<string> asked, IPAddress dialled)
    {
        try
        {
            return asked.Append(dialled.ToString()).Any(name => Matches(leaf, name))
                ? null
                : $"is for {Names(leaf)}, not for {string.Join(" or ", asked.Distinct())}";
        }
        catch (CryptographicException)
        {
            return "has names that cannot be read";
        }
    }

    private static bool Matches(X509Certificate2 leaf, string name) =>
        Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
        && leaf.MatchesHostname(name, allowWildcards: true, allowCommonName: false);

    private static string Names(X509Certificate2 leaf)
    {
        var all = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString())))
            .Select(Printable.Of)
            .ToList();
        return all.Count switch
        {
            0 => "nobody (it has no SAN, and its common name is not looked at)",
            <= MaxNames => string.Join(", ", all),
            _ => string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", all.Take(MaxNames))} and {all.Count - MaxNames} more"),
        };
    }

    private static string TrustFault(X509Certificate2 last, X509Certificate2 leaf, Authorities authorities)
    {
        if (leaf.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData))
        {
            return $"is self-signed, and not in {authorities.Path}";
        }

        return authorities.ContainName(last.IssuerName)
            ? $"is signed by another {Name(last.IssuerName)} than the one in {authorities.Path}"
            : $"is signed by {Name(last.IssuerName)}, which is not in {authorities.Path}";
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Name(X500DistinguishedName name) => $"\"{Printable.Of(name.Name)}\"";
}
