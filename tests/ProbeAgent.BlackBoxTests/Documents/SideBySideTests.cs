using System.Globalization;
using ProbeAgent.BlackBoxTests.Wire;

namespace ProbeAgent.BlackBoxTests.Documents;

/// <summary>Five apps that hang take nothing from the other five: each check has its own budget and is asked beside the others.</summary>
[Collection("alone")]
public sealed class SideBySideTests(SideBySideFixture fixture) : IClassFixture<SideBySideFixture>
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(300);
    private static readonly string[] Everything = ["/livez", "/readyz", "/startupz", "/livez/http", "/livez/hung-body"];

    [Theory]
    [InlineData("hung-http", "response_timeout", 1)]
    [InlineData("hung-https", "response_timeout", 1)]
    [InlineData("hung-body", "body_timeout", 1)]
    [InlineData("hung-tcp", "connect_timeout", 2)]
    [InlineData("hung-grpc", "response_timeout", 2)]
    public async Task One_that_hangs_is_504_before_its_own_timeout_is_over(string check, string reason, int timeoutSeconds)
    {
        var answer = await GetAsync($"/livez/{check}");

        Assert.Equal((504, $"[-]{check} failed: {reason}\nlivez check failed\n"), (answer.Code, answer.Body));
        Assert.InRange(answer.Elapsed, TimeSpan.FromSeconds(timeoutSeconds * 0.85), TimeSpan.FromSeconds(timeoutSeconds));
    }

    [Fact]
    public async Task All_together_they_are_answered_within_the_largest_budget()
    {
        var answer = await GetAsync("/livez");

        Assert.Equal((504, SideBySideFixture.Text), (answer.Code, answer.Body));
        Assert.InRange(answer.Elapsed, TimeSpan.FromSeconds(1.7), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Each_that_is_well_is_answered_in_its_own_time_while_the_others_hang()
    {
        for (var round = 0; round < 3; round++)
        {
            var hanging = Enumerable.Range(0, 3).Select(_ => GetAsync("/livez")).ToArray();
            for (var burst = 0; burst < 5; burst++)
            {
                var asked = SideBySideFixture.Well.Select(check => GetAsync($"/livez/{check}")).ToArray();

                Assert.All(await Task.WhenAll(asked), answer =>
                {
                    Assert.Equal((200, "ok"), (answer.Code, answer.Body));
                    Assert.InRange(answer.Elapsed, TimeSpan.Zero, AtOnce);
                });
            }

            Assert.All(hanging, task => Assert.False(task.IsCompleted));
            Assert.All(await Task.WhenAll(hanging), answer => Assert.Equal(504, answer.Code));
        }
    }

    [Fact]
    public async Task Those_that_are_well_alone_are_an_answer_of_their_own()
    {
        var answer = await GetAsync("/livez?exclude=hung-http&exclude=hung-https&exclude=hung-body&exclude=hung-tcp&exclude=hung-grpc");

        Assert.Equal((200, "ok"), (answer.Code, answer.Body));
        Assert.InRange(answer.Elapsed, TimeSpan.Zero, AtOnce);
    }

    [Fact]
    public async Task Nothing_grows()
    {
        await AskTogetherAsync(rounds: 2);
        var before = Holdings();

        await AskTogetherAsync(rounds: 5);

        var after = Holdings();
        Assert.InRange(after.Descriptors, 1, before.Descriptors + 10);
        Assert.InRange(after.Threads, 1, before.Threads + 8);
        Assert.InRange(after.ResidentKib, 1, before.ResidentKib + (8 * 1024));
    }

    private Task<Answer> GetAsync(string target) => Probe.GetAsync(fixture.Agent, target);

    private async Task AskTogetherAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await Task.WhenAll(Everything.Select(GetAsync));
        }
    }

    private (int Descriptors, int Threads, int ResidentKib) Holdings()
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{fixture.Agent.Id}");
        var status = File.ReadAllLines($"{folder}/status");
        return (Directory.GetFiles($"{folder}/fd").Length, Number("Threads:"), Number("VmRSS:"));

        int Number(string name)
        {
            var words = status.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return int.Parse(words[1], CultureInfo.InvariantCulture);
        }
    }
}
