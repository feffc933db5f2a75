using System.Diagnostics;
using ProbeAgent.Lab;

namespace ProbeAgent.BlackBoxTests;

/// <summary>
/// A run of the agent that is meant to end by itself; nothing of the caller's environment reaches it. Standard output and standard
/// error are kept apart.
/// </summary>
public sealed record AgentRun(int ExitCode, string Output, string Error)
{
    /// <summary>Lines on standard error.</summary>
    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs it to its end; fails where it shows a stack trace, whatever else came of it.</summary>
    public static async Task<AgentRun> OfAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = Command.Describe(Checkout.AgentBinary, arguments);
        start.Environment.Clear();
        DotnetRoot.PassOn(start);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(AgentProcess.Patience);
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw new TimeoutException($"probe-agent {string.Join(' ', arguments)} did not end:\n{await output}{await error}");
        }

        var run = new AgentRun(process.ExitCode, await output, await error);
        Trace.AssertNone(run.Output);
        Trace.AssertNone(run.Error);
        return run;
    }
}
