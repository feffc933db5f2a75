using System.Security.Cryptography.X509Certificates;

namespace ProbeAgent.Configuration;

/// <summary>The certificate authorities whose certificates are believed.</summary>
/// <param name="Path">Where they were read, once, at start.</param>
/// <param name="Certificates">What was there; empty where the file belongs to another machine.</param>
internal sealed record CaFile(string Path, X509Certificate2Collection Certificates);
