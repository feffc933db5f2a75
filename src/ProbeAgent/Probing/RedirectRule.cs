namespace ProbeAgent.Probing;

/// <summary>
/// The kubelet's rule for redirects (k8s <c>pkg/probe/http</c>, <c>redirectChecker</c>, and Go's client below it): to the
/// same host name only, at most nine; to another host the answer counts as it is.
/// </summary>
/// <param name="dialledHost">The name that was dialled first, never a <c>Host</c> header.</param>
/// <param name="agentPorts">The agent's own ports, to which no redirect may lead.</param>
internal sealed class RedirectRule(string dialledHost, IReadOnlyCollection<int> agentPorts)
{
    private const int MaxRequests = 10;

    /// <summary>What follows from an answer.</summary>
    /// <param name="status">The answer's status code.</param>
    /// <param name="location">Its <c>Location</c>; null or empty where it has none.</param>
    /// <param name="asked">The URL that gave the answer.</param>
    /// <param name="requests">How many requests have been made, this one included.</param>
    public RedirectStep Decide(int status, string? location, HttpUrl asked, int requests)
    {
        if (status is not (301 or 302 or 303 or 307 or 308) || string.IsNullOrEmpty(location))
        {
            return RedirectStep.Judge;
        }

        if (asked.Follow(location) is not { } next)
        {
            return RedirectStep.Fail(Reason.ProtocolError, "was redirected to something that is no URL");
        }

        if (next.Host != dialledHost)
        {
            return next.Host.Length == 0 ? RedirectStep.Judge : RedirectStep.Elsewhere(next.Host);
        }

        if (requests == MaxRequests)
        {
            return RedirectStep.Fail(Reason.TooManyRedirects, $"was redirected {MaxRequests} times; at most nine are followed: the app sends in a circle, so correct `path`");
        }

        if (next.Scheme is not ("http" or "https") || next.Port is not { } port)
        {
            return RedirectStep.Fail(Reason.ProtocolError, "was redirected to a scheme or port that cannot be asked");
        }

        if (agentPorts.Contains(port))
        {
            return RedirectStep.Fail(Reason.TooManyRedirects, $"was redirected to port {port}, which is this agent's own");
        }

        return next.Scheme == "https" && !TlsLibrary.IsPresent
            ? RedirectStep.Fail(Reason.TlsError, "was redirected to https, and this image has no OpenSSL (libssl)")
            : RedirectStep.Ask(next);
    }
}
