using System.Diagnostics;
using System.Text;
using ProbeAgent.Lab;

namespace ProbeAgent.DocumentTests;

/// <summary>What <c>probe-agent validate</c> said.</summary>
/// <param name="ExitCode">0 where all is well, 2 where something must be mended.</param>
/// <param name="Output">The effective configuration, or nothing.</param>
/// <param name="Errors">The lines of mistakes and warnings.</param>
internal sealed record Validation(int ExitCode, string Output, IReadOnlyList<string> Errors)
{
    private const string WarningPrefix = "warning: ";

    /// <summary>True where the document is good.</summary>
    public bool Accepts => ExitCode == 0;

    /// <summary>What must be mended.</summary>
    public IReadOnlyList<string> Mistakes => [.. Errors.Where(line => !line.StartsWith(WarningPrefix, StringComparison.Ordinal))];

    /// <summary>What is worth a line only.</summary>
    public IReadOnlyList<string> Warnings => [.. Errors.Where(line => line.StartsWith(WarningPrefix, StringComparison.Ordinal))];

    /// <summary>Gives it a document on standard input.</summary>
    public static Validation OfText(string document, params (string Name, string Value)[] environment) =>
        OfBytes(new UTF8Encoding(false).GetBytes(document), environment);

    /// <summary>Gives it bytes on standard input.</summary>
    public static Validation OfBytes(byte[] document, params (string Name, string Value)[] environment) =>
        Run(Describe(["validate", "-"], environment), document);

    /// <summary>Runs it with these arguments and variables.</summary>
    public static Validation OfArguments(IReadOnlyList<string> arguments, params (string Name, string Value)[] environment) =>
        Run(Describe(["validate", .. arguments], environment), []);

    /// <summary>Gives it a file, named as seen from its folder.</summary>
    public static Validation OfFile(string folder, string name)
    {
        var start = Describe(["validate", name], []);
        start.WorkingDirectory = folder;
        return Run(start, []);
    }

    /// <summary>Runs the agent itself, which must refuse to start.</summary>
    public static Validation OfRun(IReadOnlyList<string> arguments, params (string Name, string Value)[] environment) =>
        Run(Describe(["run", .. arguments], environment), []);

    /// <inheritdoc/>
    public override string ToString() => $"exit code {ExitCode}\n{string.Join('\n', Errors)}\n{Output}";

    private static ProcessStartInfo Describe(IReadOnlyList<string> arguments, (string Name, string Value)[] environment)
    {
        var start = Command.Describe(Checkout.AgentBinary, arguments);
        start.RedirectStandardInput = true;
        start.Environment.Clear();
        DotnetRoot.PassOn(start);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static Validation Run(ProcessStartInfo start, byte[] input)
    {
        start.StandardOutputEncoding = start.StandardErrorEncoding = new UTF8Encoding(false, throwOnInvalidBytes: true);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        using var watch = new Timer(_ => process.Kill(), null, AgentProcess.Patience, Timeout.InfiniteTimeSpan);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        Feed(process, input);
        process.WaitForExit();
        return new Validation(process.ExitCode, output.GetAwaiter().GetResult(), Lines(error.GetAwaiter().GetResult()));
    }

    private static void Feed(Process process, byte[] input)
    {
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It need not read a document to its end to refuse it.
        }
    }

    private static string[] Lines(string text) =>
        text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');
}
