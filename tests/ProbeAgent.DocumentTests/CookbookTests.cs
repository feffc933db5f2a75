using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using ProbeAgent.Lab;
using ProbeAgent.Lab.Hostile;

namespace ProbeAgent.DocumentTests;

/// <summary><c>docs/cookbook.md</c> says what is true of the binary that is copied into other images.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class CookbookTests : IDisposable
{
    // As the kubelet's exec does it: in another image's root, as another user. A container always has these two.
    private const string InThatRoot =
        "mount -t proc proc \"$0/proc\" && mount --bind /dev \"$0/dev\" && exec chroot --userspec=12345:12345 \"$0\" /probe-agent check \"$1\"";

    private static readonly string Prose = string.Join('\n', Page.At("docs/cookbook.md").Prose.Select(line => line.Text));

    private readonly string root = Directory.CreateTempSubdirectory("probe-agent-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void The_binary_wants_no_newer_C_library_than_the_page_says()
    {
        var wanted = NeededVersion().Matches(Encoding.Latin1.GetString(File.ReadAllBytes(Checkout.AgentBinary))).Select(match => Minor(match.Groups[1])).Max();

        Assert.InRange(wanted, 1, Minor(VersionOnThePage().Match(Prose).Groups[1]));
    }

    [Fact]
    public async Task A_copy_beside_the_C_library_and_nothing_else_asks_and_says_what_is_missing_for_HTTPS()
    {
        Needs.Root();
        Needs.Programs("ldd", "chroot", "mount");
        await using var app = HostileApp.Start(_ => Answer.Whole("HTTP/1.1 200 OK"));
        Furnish();

        var well = Ask($":{app.PortText}/status");
        var secure = Ask($"https://:{app.PortText}/status");
        await app.StopListeningAsync();
        var down = Ask($":{app.PortText}/status");

        Assert.Equal((0, 1, 2), (well.ExitCode, down.ExitCode, secure.ExitCode));
        Assert.StartsWith("app: ok: GET http://", well.Output, StringComparison.Ordinal);
        Assert.StartsWith("app: failed (connection_refused): GET http://", down.Output, StringComparison.Ordinal);
        Assert.Contains("needs OpenSSL", secure.Error, StringComparison.Ordinal);
    }

    // The binary, and what the loader names: the loader itself and the parts of the C library.
    private void Furnish()
    {
        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        Directory.CreateDirectory(Path.Combine(root, "proc"));
        Directory.CreateDirectory(Path.Combine(root, "dev"));
        File.Copy(Checkout.AgentBinary, Path.Combine(root, "probe-agent"));
        foreach (var library in LoadedFile().Matches(Command.Run("ldd", Checkout.AgentBinary)).Select(match => match.Value))
        {
            var copy = Path.Combine(root, library[1..]);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(library, copy);
        }
    }

    private Command.Result Ask(string target) => Command.TryRun("unshare", "--mount", "sh", "-c", InThatRoot, root, target);

    private static int Minor(Group version) => int.Parse(version.Value, CultureInfo.InvariantCulture);

    // In the table of symbol versions of an ELF file, each ends with a zero byte.
    [GeneratedRegex(@"GLIBC_2\.(\d+)(?:\.\d+)?\0")]
    private static partial Regex NeededVersion();

    [GeneratedRegex(@"It wants glibc 2\.(\d+) or later")]
    private static partial Regex VersionOnThePage();

    [GeneratedRegex(@"(?m)(?<=^\s+|=> )/\S+")]
    private static partial Regex LoadedFile();
}
