using ProbeAgent.Tests.Model.Oracle;

namespace ProbeAgent.Tests.Model;

/// <summary>Makes up what happens to an agent for some seconds.</summary>
internal sealed class ScenarioGenerator(long seed)
{
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(6);
    private static readonly string[] Words = ["livez", "readyz", "startupz"];
    private static readonly string[] Pods = ["10.0.0.5", "10.0.0.5", "::ffff:10.0.0.5", "fd00::5"];
    private static readonly int[] Statuses = [400, 404, 500, 502, 503, 504, 599, 199, 600, 999];

    private readonly Dice dice = new(seed);

    public Scenario Make()
    {
        PlannedCheck[] checks = [.. Enumerable.Range(0, 1 + dice.Below(3)).Select(Check)];
        var stalls = new List<Stall>();
        for (var at = dice.Milliseconds(200, 3000); dice.Falls(0.6) && at < Horizon; at += dice.Milliseconds(300, 3000))
        {
            stalls.Add(new Stall(at, at + dice.Milliseconds(5, dice.Falls(0.3) ? 80 : 1500)));
            at = stalls[^1].To;
        }

        return new Scenario
        {
            Checks = checks,
            Probes = [.. Probes(checks)],
            Stalls = stalls,
            Jumps =
            [
                .. Enumerable.Range(0, dice.Below(4))
                    .Select(_ => new WallJump(dice.Milliseconds(0, 6000), TimeSpan.FromDays(730 * (dice.Next() - 0.5))))
                    .OrderBy(jump => jump.At),
            ],
            DrainsAt = dice.Falls(0.1) ? dice.Milliseconds(1000, 6000) : null,
        };
    }

    private PlannedCheck Check(int number) => new()
    {
        Name = $"check-{number}",
        Container = dice.One("one", "two"),
        Serves = dice.Falls(0.6) ? Words : [.. Words.Where(_ => dice.Falls(0.6)).DefaultIfEmpty("livez")],
        Timeout = TimeSpan.FromSeconds(1 + dice.Below(3)),
        MaxAge = TimeSpan.FromSeconds(dice.One(0, 0.03, 0.1, 0.1, 0.5, 2)),
        IsAuto = dice.Falls(0.7),
        App = [.. App()],
    };

    private IEnumerable<AppPhase> App()
    {
        for (var at = TimeSpan.Zero; at < Horizon; at += Stretch(0.4, 20, 150, 200, 1500))
        {
            var behaviour = dice.Next() switch
            {
                < 0.5 => Behaviour.AnswersWell,
                < 0.65 => dice.One(Behaviour.HangsConnecting, Behaviour.HangsBeforeAnswering, Behaviour.HangsInTheBody),
                < 0.75 => dice.One(Behaviour.Refuses, Behaviour.HangsUp),
                _ => dice.One(Enum.GetValues<Behaviour>()),
            };
            var latency = dice.Falls(0.8) ? dice.Milliseconds(0, 8) : dice.Milliseconds(8, dice.Falls(0.7) ? 850 : 3000);
            yield return new AppPhase(at, behaviour, latency, dice.One(Statuses));
        }
    }

    private IEnumerable<PlannedProbe> Probes(PlannedCheck[] checks)
    {
        for (var at = dice.Milliseconds(0, 300); at < Horizon; at += Stretch(0.5, 1, 130, 100, 700))
        {
            var which = dice.Next();
            yield return new PlannedProbe(
                at,
                dice.One(Words),
                which is > 0.6 and < 0.8 ? dice.One([.. checks.Select(check => check.Name), "unknown"]) : null,
                which > 0.8 ? dice.One("one", "two") : null,
                [.. checks.Select(check => check.Name).Append("nobody").Where(_ => dice.Falls(0.08))],
                dice.Falls(0.1),
                dice.One(Pods),
                dice.Falls(0.15) ? at + dice.Milliseconds(0, 500) : null);
        }
    }

    private TimeSpan Stretch(double shortOnes, double from, double to, double longFrom, double longTo) =>
        dice.Falls(shortOnes) ? dice.Milliseconds(from, to) : dice.Milliseconds(longFrom, longTo);
}
