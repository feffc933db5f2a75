using System.Runtime.InteropServices;

namespace ProbeAgent.Hosting;

/// <summary>
/// The signals that end the process. SIGTERM asks for an end, a second one or SIGINT demands it. They are caught until the
/// process is gone: one that comes in its last moment must not change the exit code.
/// </summary>
#pragma warning disable CA1001 // It lives as long as the process.
internal sealed class EndingSignals
#pragma warning restore CA1001
{
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource demanded = new();
    private readonly PosixSignalRegistration terminate;
    private readonly PosixSignalRegistration interrupt;

    /// <summary>Catches the signals from now on.</summary>
    public EndingSignals()
    {
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => On(signal, OnTerminate));
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => On(signal, Demand));
    }

    /// <summary>Completes when an end is asked for.</summary>
    public Task Asked => asked.Task;

    /// <summary>Cancelled when the end is to come at once.</summary>
    public CancellationToken Demanded => demanded.Token;

    private void On(PosixSignalContext signal, Action act)
    {
        // Without this the runtime ends the process itself.
        signal.Cancel = true;
        try
        {
            act();
        }
        catch (Exception)
        {
            // On this thread it would abort the process. Whatever failed, an end was asked for.
            asked.TrySetResult();
        }
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
