using System.Diagnostics;
using ProbeAgent.Lab;

namespace ProbeAgent.DocumentTests.Schema;

/// <summary>Python's jsonschema, an implementation of draft 2020-12 that is not ours.</summary>
internal static class SchemaJudge
{
    /// <summary>What the schema has against each document, a JSON text without line breaks; empty where nothing.</summary>
    public static IReadOnlyList<string> Judge(IReadOnlyList<string> documents)
    {
        var start = Command.Describe(
            Interpreter(),
            [Checkout.InRoot("tests/ProbeAgent.DocumentTests/judge.py"), Checkout.InRoot(DocumentSchema.File)]);
        start.RedirectStandardInput = true;
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(string.Join('\n', documents));
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.GetAwaiter().GetResult());
        return output.GetAwaiter().GetResult()[..^1].Split('\n');
    }

    private static string Interpreter()
    {
        var with = Array.Find(["python3", "/usr/bin/python3"], python => Command.TryRun(python, "-c", "import jsonschema").ExitCode == 0);
        Assert.SkipWhen(with is null, "needs a python3 that has jsonschema (Debian's python3-jsonschema)");
        return with!;
    }
}
