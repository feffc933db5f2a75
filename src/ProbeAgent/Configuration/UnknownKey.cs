namespace ProbeAgent.Configuration;

/// <summary>What to say about a key that does not exist.</summary>
internal static class UnknownKey
{
    // What people carry over from a pod spec, where it stays.
    private static readonly string[] OfThePodSpec =
        ["initialDelaySeconds", "periodSeconds", "failureThreshold", "successThreshold", "terminationGracePeriodSeconds"];

    /// <summary>The rest of the sentence: what was meant, or what there is.</summary>
    public static string Advice(string key, IReadOnlyCollection<string> known)
    {
        if (OfThePodSpec.Contains(key))
        {
            return $"; '{key}' stays at the probe in the pod spec, the agent has no thresholds and no schedule";
        }

        if (key is "livenessProbe" or "readinessProbe" or "startupProbe")
        {
            return "; a check says by 'probes: [liveness, readiness, startup]' which probes it serves";
        }

        if (key == "exec")
        {
            return "; exec probes stay at the container: they need no agent";
        }

        var meant = NearestWord.Of(key, known);
        return meant is null ? $"; there are {string.Join(", ", known.Order(StringComparer.Ordinal))}" : $"; did you mean '{meant}'?";
    }
}
