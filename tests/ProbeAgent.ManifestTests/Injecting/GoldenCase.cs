using ProbeAgent.Lab;

namespace ProbeAgent.ManifestTests.Injecting;

/// <summary>
/// A folder below <c>injected/</c>: <c>input.*</c>, the <c>flags</c> beside <c>--image</c>, and what must come of it. <c>expected.*</c> is the text on
/// standard output; <c>expected.txt</c> is the exit code and, line by line, what standard error says, where <c>*</c> stands for anything.
/// Without it the exit code is 0 and nothing is said.
/// </summary>
internal sealed class GoldenCase
{
    private readonly Lazy<InjectRun> outcome;

    private GoldenCase(string folder)
    {
        outcome = new(() => Run());
        Folder = folder;
        Name = Path.GetFileName(folder);
        InputFile = Path.GetFileName(Directory.EnumerateFiles(folder, "input.*").Single());
        Flags = File.ReadAllText(Path.Combine(folder, "flags")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        ExpectedFile = Directory.EnumerateFiles(folder, "expected.*").SingleOrDefault(file => Path.GetExtension(file) != ".txt");
        var said = Path.Combine(folder, "expected.txt");
        var lines = File.Exists(said) ? File.ReadAllLines(said) : ["exit 0"];
        ExitCode = int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        Said = [.. lines.Skip(1)];
    }

    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<GoldenCase> All { get; } =
    [
        .. Directory.EnumerateDirectories(Checkout.InRoot("tests/ProbeAgent.ManifestTests/injected")).Order(StringComparer.Ordinal)
            .Select(folder => new GoldenCase(folder)),
    ];

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>The name of its folder.</summary>
    public string Name { get; }

    /// <summary>The name of its input.</summary>
    public string InputFile { get; }

    /// <summary>The options, beside the file and the image.</summary>
    public IReadOnlyList<string> Flags { get; }

    /// <summary>The exit code that is right.</summary>
    public int ExitCode { get; }

    /// <summary>What standard error must say, a pattern for each line.</summary>
    public IReadOnlyList<string> Said { get; }

    /// <summary>The text that goes in.</summary>
    public string Input => File.ReadAllText(Path.Combine(Folder, InputFile));

    /// <summary>The text that must come out; null where nothing may.</summary>
    public string? Expected => ExpectedFile is null ? null : File.ReadAllText(ExpectedFile);

    /// <summary>True where what comes out is a manifest, not a diff or a patch.</summary>
    public bool IsManifest => ExpectedFile is not null && !Flags.Contains("--diff") && !Flags.Contains("patch");

    private string? ExpectedFile { get; }

    /// <summary>The case of that name.</summary>
    public static GoldenCase Named(string name) => All.Single(golden => golden.Name == name);

    /// <summary>What came of it; it is run once for all tests.</summary>
    public InjectRun Outcome => outcome.Value;

    /// <summary>Runs it again, with more options.</summary>
    public InjectRun Run(params string[] more) => InjectRun.Inject(Folder, ["-f", InputFile, .. Options, .. more]);

    /// <summary>Runs another text with the case's options, by standard input.</summary>
    public InjectRun RunInput(string text, params string[] more) => InjectRun.InjectInput(text, [.. Options, .. more]);

    /// <summary>The same, killed where it takes more than this of a processor: what else runs on the machine makes no difference.</summary>
    public InjectRun RunInput(string text, TimeSpan processorTime) => InjectRun.InjectInputWithin(processorTime, text, Options);

    public override string ToString() => Name;

    private string[] Options => ["--image", InjectRun.Image, .. Flags];
}
