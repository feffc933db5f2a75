namespace ProbeAgent.Configuration;

/// <summary>How an HTTP GET goes over the wire.</summary>
internal enum HttpScheme
{
    /// <summary>Plain.</summary>
    Http,

    /// <summary>Over TLS.</summary>
    Https,
}
