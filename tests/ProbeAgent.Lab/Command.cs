using System.Diagnostics;

namespace ProbeAgent.Lab;

/// <summary>Runs a program to its end.</summary>
public static class Command
{
    /// <summary>What a finished program left behind; <c>Output</c> is standard output, <c>Error</c> standard error.</summary>
    public sealed record Result(int ExitCode, string Output, string Error);

    /// <summary>Runs it and returns what it wrote to standard output; fails with its words where the exit code is not 0.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var result = TryRun(program, arguments);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)}: exit code {result.ExitCode}\n{result.Output}{result.Error}");
    }

    /// <summary>Runs it and returns whatever came of it.</summary>
    public static Result TryRun(string program, params string[] arguments) => TryRun(Describe(program, arguments));

    /// <summary>Runs what is described and returns whatever came of it.</summary>
    public static Result TryRun(ProcessStartInfo start)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Result(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>How a program is to be started: output redirected, no shell.</summary>
    public static ProcessStartInfo Describe(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
