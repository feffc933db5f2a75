using System.Security.Cryptography.X509Certificates;

namespace ProbeAgent.Probing;

/// <summary>Whose certificates are believed: every certificate of a file, as in Go also one that another has signed.</summary>
/// <param name="Path">The file, for sentences.</param>
/// <param name="Certificates">What is in it.</param>
internal sealed record Authorities(string Path, X509Certificate2Collection Certificates)
{
    /// <summary>True for a certificate that is in the file, byte for byte.</summary>
    public bool Contain(X509Certificate2 certificate) =>
        Certificates.Any(one => one.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span));

    /// <summary>
    /// Where several certificates of the file have one name of a chain: the file once for each of them, without the others.
    /// </summary>
    public IEnumerable<Authorities> NamesakesOf(X509Chain chain)
    {
        var names = chain.ChainElements.Select(element => element.Certificate.IssuerName.RawData).ToList();
        var groups = Certificates.GroupBy(one => Convert.ToHexString(one.SubjectName.RawData))
            .Where(group => group.Count() > 1 && names.Any(name => group.Key == Convert.ToHexString(name)));
        return
            from namesakes in groups
            from kept in namesakes
            select this with { Certificates = [.. Certificates.Where(one => one == kept || !namesakes.Contains(one))] };
    }

    /// <summary>True where the file has a certificate of that name.</summary>
    public bool ContainName(X500DistinguishedName name) =>
        Certificates.Any(one => one.SubjectName.RawData.AsSpan().SequenceEqual(name.RawData));
}
