using ProbeAgent.Hosting;

namespace ProbeAgent.Tests.Hosting;

public sealed class StartPagesTests
{
    private const string Binary = "/usr/local/bin/probe-agent";

    // As proc(5) has them; of the many figures those that count.
    [Fact]
    public void Clean_OfMappings_AreThoseOfTheFileWhereNothingCanBeLost()
    {
        var smaps = new[]
        {
            Mapping("1000-3000", "r--p", Binary, anonymous: 0, swap: 0),
            Mapping("3000-8000", "r-xp", Binary, anonymous: 0, swap: 0),
            Mapping("8000-9000", "r--p", Binary, anonymous: 12, swap: 0),
            Mapping("9000-a000", "r--p", Binary, anonymous: 0, swap: 4),
            Mapping("a000-b000", "rw-p", Binary, anonymous: 0, swap: 0),
            Mapping("b000-c000", "r--s", Binary, anonymous: 0, swap: 0),
            Mapping("c000-d000", "r--p", "/usr/lib/libc.so.6", anonymous: 0, swap: 0),
            Mapping("d000-e000", "r--p", "", anonymous: 0, swap: 0),
            ["e000-f000 r--p 00000000 08:01 42 " + Binary, "Rss: 4 kB"],
        };

        var clean = StartPages.Clean(smaps.SelectMany(lines => lines), Binary);

        Assert.Equal([(0x1000, 0x2000), (0x3000, 0x5000)], clean);
    }

    private static string[] Mapping(string range, string rights, string path, int anonymous, int swap) =>
    [
        $"{range} {rights} 00001000 08:01 4242                       {path}",
        "Rss:                  20 kB",
        $"Anonymous:            {anonymous} kB",
        $"Swap:                 {swap} kB",
        "VmFlags: rd ex mr mw me",
    ];
}
