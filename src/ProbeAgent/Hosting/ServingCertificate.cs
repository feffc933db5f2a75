namespace ProbeAgent.Hosting;

/// <summary>
/// The certificate that the webhook shows. Its files are looked at every few seconds: the kubelet swaps a mounted secret by a
/// symbolic link, which watching a file does not see. Two files are not read in one moment, so a pair that does not fit gets a second look.
/// </summary>
internal sealed partial class ServingCertificate(
    string certificateFile, string keyFile, TimeProvider timeProvider, ILogger<ServingCertificate> logger)
{
    /// <summary>The pause between two looks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private const int LooksBeforeTelling = 2;

    private volatile CertificatePair? current;
    private int unfitLooks;
    private bool expiryIsTold;

    /// <summary>The pair; not before <see cref="TryLoad"/> has said yes.</summary>
    public CertificatePair Current => current ?? throw new InvalidOperationException("no certificate is loaded");

    /// <summary>True while there is one that an API server would take.</summary>
    public bool IsValid => current is { } pair && timeProvider.GetUtcNow() < pair.NotAfter;

    /// <summary>Loads it; returns null, or the sentence that says why it cannot.</summary>
    public string? TryLoad()
    {
        var (pair, mistake) = Read();
        current = pair ?? current;
        return mistake;
    }

    /// <summary>Follows the files until the end.</summary>
    public async Task FollowAsync(CancellationToken stopping)
    {
        using var looks = new PeriodicTimer(Pause, timeProvider);
        try
        {
            while (await looks.WaitForNextTickAsync(stopping))
            {
                Look();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It has ended.
        }
    }

    /// <summary>Looks once. What goes wrong leaves the old pair in its place.</summary>
    public void Look()
    {
        try
        {
            var (pair, mistake) = Read();
            if (mistake is not null && ++unfitLooks == LooksBeforeTelling)
            {
                Log.Unfit(logger, mistake);
            }

            if (pair is not null)
            {
                Take(pair);
            }

            TellExpiry();
        }
        catch (Exception exception)
        {
            Log.Bug(logger, exception);
        }
    }

    private (CertificatePair? Pair, string? Mistake) Read()
    {
        var (texts, mistake) = CertificateTexts.Read(certificateFile, keyFile);
        if (texts is null)
        {
            return (null, mistake);
        }

        return texts == current?.Texts ? (current, null) : CertificatePair.Of(texts);
    }

    private void Take(CertificatePair pair)
    {
        unfitLooks = 0;
        if (pair != current)
        {
            current = pair;
            expiryIsTold = false;
            Log.Reloaded(logger, pair.NotAfter);
        }
    }

    private void TellExpiry()
    {
        if (!IsValid && !expiryIsTold)
        {
            expiryIsTold = true;
            Log.Expired(logger, Current.NotAfter, certificateFile);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5020, LogLevel.Information, "The webhook's certificate was renewed; the new one is valid until {NotAfter:u}")]
        public static partial void Reloaded(ILogger logger, DateTimeOffset notAfter);

        [LoggerMessage(5021, LogLevel.Warning, "The webhook's new certificate cannot be used, and the old one stays until it can: {Problem}")]
        public static partial void Unfit(ILogger logger, string problem);

        [LoggerMessage(5022, LogLevel.Error, "The webhook's certificate could not be looked at: a bug of probe-agent; please report it")]
        public static partial void Bug(ILogger logger, Exception exception);

        [LoggerMessage(5023, LogLevel.Warning, "The webhook's certificate expired at {NotAfter:u}: API servers refuse it, and pods are made without the agent. Renew {File}")]
        public static partial void Expired(ILogger logger, DateTimeOffset notAfter, string file);
    }
}
