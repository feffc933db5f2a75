using ProbeAgent.Configuration;

namespace ProbeAgent.Mesh;

/// <summary>When the kubelet's probes come, and whether they should have come again. Not safe for threads.</summary>
internal sealed class ProbeArrivals(TimeProvider timeProvider)
{
    private const int MostPaths = 64;

    private static readonly TimeSpan ShortestSilence = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, ProbeRhythm> rhythms = new(StringComparer.Ordinal);
    private long latest;

    /// <summary>For how long no probe has come, of whichever path: a captured port silences all.</summary>
    public TimeSpan Silence => timeProvider.GetElapsedTime(Volatile.Read(ref latest));

    /// <summary>The longest period of those that have one; null where none has.</summary>
    public TimeSpan? Period => rhythms.Values.Max(rhythm => rhythm.Period);

    /// <summary>True where at least one probe is missing by now: time to see whether the app is there.</summary>
    public bool IsOverdue => Silence > Period * 1.5;

    /// <summary>True where three probes are missing, for half a minute at least.</summary>
    public bool IsSilent => Silence >= Period * 3 && Silence >= ShortestSilence;

    /// <summary>A probe has come. As the only one of its kind safe for threads.</summary>
    public void Arrive() => Volatile.Write(ref latest, timeProvider.GetTimestamp());

    /// <summary>A probe was answered.</summary>
    public void Answer(ProbeSighting sighting, bool succeeded)
    {
        // It ends once it has succeeded.
        if (sighting.Probe == ProbeKind.Startup)
        {
            return;
        }

        if (!rhythms.TryGetValue(sighting.Path, out var rhythm))
        {
            if (!succeeded || rhythms.Count == MostPaths)
            {
                return;
            }

            rhythms.Add(sighting.Path, rhythm = new ProbeRhythm(timeProvider));
        }

        if (succeeded)
        {
            rhythm.Succeed();
            return;
        }

        rhythm.Forget();
    }

    /// <summary>The app is not there, so no probe is due: all begins anew.</summary>
    public void Forget() => rhythms.Clear();
}
