namespace ProbeAgent.Probing;

/// <summary>What to write where an app speaks TLS and is asked in plain, or the other way round.</summary>
internal static class SchemeAdvice
{
    /// <summary>The advice, after a colon, for an app that speaks TLS; empty where a redirect has led there.</summary>
    public static string ForTls(Exchange exchange) => exchange.IsRedirected ? "" : $": {ForTls(exchange.IsGrpc)}";

    /// <summary>The advice, after a colon, for an app that speaks no TLS; empty where a redirect has led there.</summary>
    public static string ForPlain(Exchange exchange) => exchange.IsRedirected ? "" : $": {ForPlain(exchange.IsGrpc)}";

    /// <summary>For an app that speaks TLS.</summary>
    public static string ForTls(bool isGrpc) => isGrpc ? "write `tls: true`" : "write `scheme: HTTPS`, or https:// in the target";

    /// <summary>For an app that speaks no TLS.</summary>
    public static string ForPlain(bool isGrpc) => isGrpc ? "write `tls: false`" : "write `scheme: HTTP`, or http:// in the target";
}
