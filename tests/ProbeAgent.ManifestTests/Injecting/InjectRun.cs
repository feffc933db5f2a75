using System.Diagnostics;
using System.Globalization;
using System.Text;
using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>The binary under test, run once to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output, byte by byte.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record InjectRun(int ExitCode, byte[] Output, string Error)
{
    /// <summary>The image that the tests inject.</summary>
    public const string Image = "ghcr.io/probe-agent/probe-agent:0.1.0";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static string Binary => Path.GetFullPath(Checkout.AgentBinary);

    /// <summary>Standard output as text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>Runs <c>probe-agent inject</c> with these arguments in a folder.</summary>
    public static InjectRun Inject(string folder, params string[] arguments) => Start(folder, [], ["inject", .. arguments]);

    /// <summary>The same with something on standard input.</summary>
    public static InjectRun InjectInput(string input, params string[] arguments) =>
        Start(Path.GetTempPath(), Encoding.UTF8.GetBytes(input), ["inject", "-f", "-", .. arguments]);

    /// <summary>The same, killed (exit code 137) where it takes more than this of a processor, in whole seconds.</summary>
    public static InjectRun InjectInputWithin(TimeSpan processorTime, string input, params string[] arguments)
    {
        Needs.Programs("prlimit");
        var seconds = processorTime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return Start("prlimit", Path.GetTempPath(), Encoding.UTF8.GetBytes(input), [$"--cpu={seconds}:{seconds}", Binary, "inject", "-f", "-", .. arguments]);
    }

    /// <summary>Runs the binary with any command.</summary>
    public static InjectRun Start(string folder, byte[] input, params string[] arguments) => Start(Binary, folder, input, arguments);

    private static InjectRun Start(string program, string folder, byte[] input, string[] arguments)
    {
        Assert.True(File.Exists(Checkout.AgentBinary), $"{Checkout.AgentBinary} is not there: publish the agent, or name it in PROBE_AGENT_BINARY.");
        var start = Command.Describe(program, arguments);
        start.WorkingDirectory = folder;
        start.RedirectStandardInput = true;
        return Finish(start, input);
    }

    private static InjectRun Finish(ProcessStartInfo start, byte[] input)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var output = ReadAsync(process.StandardOutput.BaseStream);
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It had seen enough; its exit code says whether that was right.
        }

        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{string.Join(' ', start.ArgumentList)} did not end within {Patience}.");
        }

        return new InjectRun(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
