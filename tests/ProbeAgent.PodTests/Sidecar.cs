namespace ProbeAgent.PodTests;

/// <summary>
/// HAProxy in Envoy's place: it takes what the capture rules bring to 15006, and goes on to where the client wanted to
/// go. It knows IPv4 only, because HAProxy asks the kernel for the original destination of no other family.
/// </summary>
internal static class Sidecar
{
    /// <summary>Writes its configuration to the file and starts it in the pod, as Istio's uid.</summary>
    public static async Task<PodProcess> StartAsync(
        NetworkNamespace pod, MeshMode mode, MeshCertificates certificates, string configurationFile)
    {
        await File.WriteAllTextAsync(configurationFile, Configuration(mode, certificates));

        // The master process says when the one that does the work has its ports.
        var start = PodProcess.Describe(pod, CaptureRules.ProxyUser, "haproxy", "-W", "-db", "-f", configurationFile);
        return await PodProcess.StartAsync(start, "Loading success");
    }

    private static string Configuration(MeshMode mode, MeshCertificates certificates) => $$"""
        defaults
          mode tcp
          retries 0
          timeout connect 1s
          timeout client 10s
          timeout server 10s

        frontend inbound
          bind 0.0.0.0:{{CaptureRules.InboundPort}}
          # Whoever asks for the sidecar's own ports would be passed on to the sidecar for ever.
          tcp-request connection reject if { dst_port 15001 15006 }
          # Like Envoy, it looks at the first bytes before it decides.
          tcp-request inspect-delay 5s
          {{Decision(mode)}}

        backend mtls
          server terminate abns@terminate-mtls send-proxy-v2

        frontend terminate-mtls
          bind abns@terminate-mtls accept-proxy ssl crt {{certificates.ServerFile}} ca-file {{certificates.MeshAuthorityFile}} verify required alpn istio
          default_backend app

        # 127.0.0.6 is the source by which the capture rules know a connection that has been through here.
        backend app
          server original-destination * source 127.0.0.6

        """;

    private static string Decision(MeshMode mode) => mode switch
    {
        MeshMode.MtlsOff => """
            tcp-request content accept if { req.len gt 0 }
              default_backend app
            """,
        MeshMode.Permissive => """
            tcp-request content accept if { req.len gt 0 }
              use_backend mtls if { req.ssl_hello_type 1 } { req.ssl_alpn -m sub istio }
              default_backend app
            """,

        // Envoy closes plaintext with the request unread, which makes a reset; without privileges this makes one too.
        MeshMode.Strict => """
            tcp-request content silent-drop unless { req.ssl_hello_type 1 }
              default_backend mtls
            """,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "there is no sidecar then"),
    };
}
