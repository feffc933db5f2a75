using System.Threading.Channels;
using ProbeAgent.Probing;

namespace ProbeAgent.Tests.Checks;

/// <summary>A prober that answers as it is told, one script for each attempt; the last one goes on.</summary>
internal sealed class ScriptedProber(params Func<Question, Task<AttemptResult>>[] script) : IProber
{
    private readonly Channel<Question> arrivals = Channel.CreateUnbounded<Question>();
    private int attempts;

    /// <summary>What happens while it is still the agent's turn.</summary>
    public Action Begins { get; init; } = () => { };

    /// <summary>How often it was asked.</summary>
    public int Attempts => Volatile.Read(ref attempts);

    /// <summary>Waits for the next attempt to begin.</summary>
    public Task ArrivedAsync() => arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();

    public Task<AttemptResult> AttemptAsync(Question question, CancellationToken agentStopping)
    {
        var turn = Interlocked.Increment(ref attempts);
        Begins();
        question.Deadline.Turns.AwaitData(null);
        arrivals.Writer.TryWrite(question);
        return script[Math.Min(turn, script.Length) - 1](question);
    }
}
