using ProbeAgent.Configuration;
using ProbeAgent.Probing;
using ProbeAgent.Telemetry;

namespace ProbeAgent.Mesh;

/// <summary>What becomes of the sidecar's answers: its state, its series, one log line for each change, and whether readiness waits.</summary>
internal sealed partial class MeshRecord
{
    private const string None = "none";

    private readonly MeshConfiguration configuration;
    private readonly MeshMetrics metrics;
    private readonly TimeProvider timeProvider;
    private readonly ILogger<MeshRecord> logger;
    private readonly Lock gate = new();
    private MeshState state;
    private bool goesOnIsTold;
    private bool bugIsTold;

    /// <summary>Nothing has been asked yet.</summary>
    public MeshRecord(MeshConfiguration configuration, MeshMetrics metrics, TimeProvider timeProvider, ILogger<MeshRecord> logger)
    {
        (this.configuration, this.metrics, this.timeProvider, this.logger) = (configuration, metrics, timeProvider, logger);
        var (mesh, sentence) = configuration.EffectiveKind switch
        {
            MeshKind.Auto => (MeshSnapshot.Unknown.Mesh, MeshSnapshot.Unknown.Sentence),
            MeshKind.None => (None, "mesh.kind is none, so no sidecar is asked"),
            var kind => (Word(kind), "not asked yet"),
        };
        state = new MeshState { Mesh = mesh, Sentence = sentence, WaitsSince = timeProvider.GetTimestamp() };
        metrics.Is(mesh);
    }

    /// <summary>True where nobody is asked.</summary>
    public bool IsNone => configuration.Kind == MeshKind.None;

    /// <summary>True where readiness waits for the sidecar.</summary>
    public bool IsGated => configuration.Gate.Contains(ProbeKind.Readiness) && configuration.Kind != MeshKind.None;

    /// <summary>A sidecar has shown itself.</summary>
    public void Found(FoundMesh found)
    {
        var word = Word(found.Mark.Kind);
        Become(word, $"found: {found.Message}");
        Log.Found(logger, word, found.Message);
    }

    /// <summary>No sidecar has shown itself, and nobody looks any more.</summary>
    public void NotFound()
    {
        Become(None, "no sidecar of Istio, Linkerd or Kuma has been found in ten minutes, and it is looked for no more");
        Log.NotFound(logger);
    }

    /// <summary>The sidecar has answered, or has not.</summary>
    public void Answered(Page page)
    {
        var isReady = page.StatusCode is >= 200 and < 300;
        var sentence = isReady || page.StatusCode is null ? page.Message : $"{page.Message}; expected 200–299";

        // The loop and probes ask, so answers may come side by side; the changes come one after the other.
        lock (gate)
        {
            var before = state;
            state = before.After(isReady, sentence, timeProvider);
            metrics.Ready(isReady);
            goesOnIsTold &= !isReady;
            Report(before, state);
        }
    }

    /// <summary>Why readiness has to wait; null where it has not to.</summary>
    public string? WhatHoldsReadiness()
    {
        lock (gate)
        {
            if (!IsGated || state.IsReady == true)
            {
                return null;
            }

            if (!GoesOn(state))
            {
                return $"{Waits(state)}; readiness waits for it for at most {DurationText.Of(configuration.GateDeadline)}";
            }

            if (!goesOnIsTold)
            {
                goesOnIsTold = true;
                Log.GoesOn(logger, Waits(state));
            }

            return null;
        }
    }

    /// <summary>Something was thrown that never should be; told once.</summary>
    public void Bug(Exception exception)
    {
        if (!Interlocked.Exchange(ref bugIsTold, true))
        {
            Log.Bug(logger, exception);
        }
    }

    /// <summary>What is known now.</summary>
    public MeshSnapshot Snapshot()
    {
        MeshState now;
        lock (gate)
        {
            now = state;
        }

        return new MeshSnapshot
        {
            Mesh = now.Mesh,
            IsReady = now.IsReady,
            Since = now.Since,
            Sentence = now.Sentence,
            Warnings = IsGated && now.IsReady != true ? [Warning(now)] : [],
        };
    }

    private string Warning(MeshState now) => GoesOn(now)
        ? $"readiness goes on without the sidecar: {Waits(now)}. {WhatToDo(now)}"
        : $"readiness is 503 (mesh_not_ready) for at most {DurationText.Of(configuration.GateDeadline)}: {Waits(now)}. {WhatToDo(now)}";

    private static string Word(MeshKind kind) => ValueRule.Meshes.First(mesh => mesh.Value == kind).Word;

    private static string Waits(MeshState state) => state.IsReady is null
        ? state.Sentence
        : $"the sidecar ({state.Mesh}) is not ready: {state.Sentence}";

    private static string WhatToDo(MeshState state) => state.IsReady is null
        ? "Name the mesh with mesh.kind or mesh.readyUrl, or leave mesh.gate out"
        : "Look into the log of its container; where mesh.readyUrl or mesh.kind is wrong, mend it";

    // Where nobody looks for a sidecar any more, none will come.
    private bool GoesOn(MeshState now) => now.Mesh == None || now.IsWaitOver(configuration.GateDeadline, timeProvider);

    private void Become(string mesh, string sentence)
    {
        lock (gate)
        {
            state = state with { Mesh = mesh, Sentence = sentence };
            metrics.Is(mesh);
        }
    }

    private void Report(MeshState before, MeshState after)
    {
        switch (before.IsReady, after.IsReady)
        {
            case (null, false):
                Log.NotReadyYet(logger, after.Mesh, after.Sentence);
                break;
            case (true, false):
                Log.NoLongerReady(logger, after.Mesh, after.Sentence);
                break;
            case (false, true):
                var waited = DurationText.Of(timeProvider.GetElapsedTime(before.SinceTimestamp, after.SinceTimestamp));
                Log.ReadyAfter(logger, after.Mesh, waited, after.Sentence);
                break;
            case (null, true):
                Log.Ready(logger, after.Mesh, after.Sentence);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3000, LogLevel.Information, "Found the sidecar of {Mesh}: {Message}")]
        public static partial void Found(ILogger logger, string mesh, string message);

        [LoggerMessage(3001, LogLevel.Information, "The sidecar ({Mesh}) is ready: {Message}")]
        public static partial void Ready(ILogger logger, string mesh, string message);

        [LoggerMessage(3002, LogLevel.Information, "The sidecar ({Mesh}) is not ready yet: {Message}")]
        public static partial void NotReadyYet(ILogger logger, string mesh, string message);

        [LoggerMessage(3003, LogLevel.Warning, "The sidecar ({Mesh}) is no longer ready: {Message}")]
        public static partial void NoLongerReady(ILogger logger, string mesh, string message);

        [LoggerMessage(3004, LogLevel.Information, "The sidecar ({Mesh}) is ready, after {Waited} in which it was not: {Message}")]
        public static partial void ReadyAfter(ILogger logger, string mesh, string waited, string message);

        [LoggerMessage(3005, LogLevel.Information,
            "No sidecar of Istio, Linkerd or Kuma has been found in ten minutes, and none is looked for any more; where there is one, name it with mesh.kind and mesh.readyUrl")]
        public static partial void NotFound(ILogger logger);

        [LoggerMessage(3006, LogLevel.Warning, "Readiness goes on without the sidecar: {Message}")]
        public static partial void GoesOn(ILogger logger, string message);

        [LoggerMessage(3007, LogLevel.Error, "The sidecar could not be asked: a bug of the agent, told once; please report it")]
        public static partial void Bug(ILogger logger, Exception exception);
    }
}
