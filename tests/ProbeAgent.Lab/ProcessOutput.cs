using System.Diagnostics;

namespace ProbeAgent.Lab;

/// <summary>Collects what a process writes, and wakes whoever waits for a line.</summary>
public sealed class ProcessOutput
{
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private TaskCompletionSource arrived = NewSignal();
    private int open = 2;

    /// <summary>Starts to read both streams of a process that was started with redirected output.</summary>
    public ProcessOutput(Process process)
    {
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>All lines so far.</summary>
    public string Text
    {
        get
        {
            lock (gate)
            {
                return string.Join('\n', lines);
            }
        }
    }

    /// <summary>The first line, past or to come, that contains the text; fails with all that was written instead.</summary>
    public async Task<string> WaitForAsync(string text, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                {
                    return found;
                }

                if (open == 0)
                {
                    throw new InvalidOperationException($"It ended without writing '{text}':\n{string.Join('\n', lines)}");
                }

                next = arrived.Task;
            }

            try
            {
                await next.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No line with '{text}' within {patience}:\n{Text}");
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Add(string? line)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            if (line is null)
            {
                open--;
            }
            else
            {
                lines.Add(line);
            }

            signal = arrived;
            arrived = NewSignal();
        }

        signal.SetResult();
    }
}
