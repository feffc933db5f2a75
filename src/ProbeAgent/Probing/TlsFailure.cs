using System.Security.Authentication;

namespace ProbeAgent.Probing;

/// <summary>What a TLS connection that failed says about the app.</summary>
internal static class TlsFailure
{
    /// <summary>The result of a handshake that broke before its deadline.</summary>
    public static AttemptResult OfHandshake(Exception exception, Exchange exchange)
    {
        var after = $"(TLS failed after {DurationText.Of(exchange.Elapsed)})";
        if (exchange.CertificateFault is { } fault)
        {
            return AttemptResult.Failed(
                Reason.TlsError,
                $"{exchange.Asked}: its certificate {fault} {after}: give the app one that `caFile` vouches for, or correct `caFile`",
                exchange.Phases());
        }

        if (Wire.IsHttp1(exchange.Opening))
        {
            return AttemptResult.Failed(
                Reason.TlsError, $"{exchange.Asked}: the app speaks plain HTTP there, not TLS {after}{SchemeAdvice.ForPlain(exchange)}", exchange.Phases()) with
            {
                IsPlainHttp = !exchange.IsRedirected,
            };
        }

        if (exchange.Opening.Length > 0 && !Wire.IsTls(exchange.Opening))
        {
            var advice = Wire.IsHttp2(exchange.Opening) ? SchemeAdvice.ForPlain(exchange) : "";
            return AttemptResult.Failed(
                Reason.TlsError, $"{exchange.Asked}: the app answered something that is not TLS {after}{advice}", exchange.Phases());
        }

        if (exception is AuthenticationException || !(exchange.IsReset || exchange.IsHungUp))
        {
            return AttemptResult.Failed(Reason.TlsError, $"{exchange.Asked}: {Words(exception)} {after}", exchange.Phases());
        }

        var how = exchange.IsReset ? "reset the connection" : "closed the connection";
        return AttemptResult.Failed(
            Reason.ConnectionReset, $"{exchange.Asked}: {exchange.Peer} {how} in the TLS handshake {after}", exchange.Phases()) with
        {
            MayAskAgain = !exchange.IsRedirected,
        };
    }

    /// <summary>What the library says of it, without the paths of its code.</summary>
    public static string Words(Exception exception)
    {
        var innermost = exception;
        while (innermost.InnerException is { } inner)
        {
            innermost = inner;
        }

        // error:0A000410:SSL routines::ssl/tls alert handshake failure
        var words = Printable.Of(innermost.Message.Split("::")[^1]);
        var asksForOurs = words.Contains("certificate required", StringComparison.OrdinalIgnoreCase)
            || words.Contains("bad certificate", StringComparison.OrdinalIgnoreCase);
        return asksForOurs ? $"TLS failed: {words}: the app asks for a client certificate, and a probe has none" : $"TLS failed: {words}";
    }
}
