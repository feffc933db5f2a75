using System.Runtime.InteropServices;

namespace ProbeAgent.Hosting;

/// <summary>The signals that end the process. SIGTERM asks for an end, a second one or SIGINT demands it.</summary>
internal sealed class EndingSignals : IDisposable
{
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource demanded = new();
    private readonly PosixSignalRegistration[] registrations;

    /// <summary>Catches the signals from now on.</summary>
    public EndingSignals() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => On(signal, OnTerminate)),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => On(signal, Demand)),
    ];

    /// <summary>Completes when an end is asked for.</summary>
    public Task Asked => asked.Task;

    /// <summary>Cancelled when the end is to come at once.</summary>
    public CancellationToken Demanded => demanded.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(registrations, registration => registration.Dispose());
        demanded.Dispose();
    }

    private static void On(PosixSignalContext signal, Action act)
    {
        // Without this the runtime ends the process itself.
        signal.Cancel = true;
        act();
    }

    private void OnTerminate()
    {
        if (!asked.TrySetResult())
        {
            Demand();
        }
    }

    private void Demand()
    {
        demanded.Cancel();
        asked.TrySetResult();
    }
}
