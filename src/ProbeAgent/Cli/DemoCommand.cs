using System.CommandLine;
using System.Globalization;
using System.Net;
using ProbeAgent.Configuration;
using ProbeAgent.Hosting;

namespace ProbeAgent.Cli;

/// <summary><c>demo</c>: an embedded service-go and the agent, on loopback; needs neither root nor network.</summary>
internal static class DemoCommand
{
    private const int DefaultAppPort = 8080;
    private const int DefaultSwitchPort = 8081;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var app = Port("--app-port", "The port of the embedded app.", DefaultAppPort);
        var appSwitch = Port("--switch-port", "The port of the switch that makes the app fail, hang and die.", DefaultSwitchPort);
        var listen = Port("--port", "The agent's public port.", 15081);
        var admin = Port("--admin-port", "The agent's admin port.", 15082);
        var command = new Command("demo", "Run an app with a switch to make it fail, hang and die, and the agent beside it, on loopback.");
        foreach (var option in new[] { app, appSwitch, listen, admin })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, _) => RunAsync(
            new DemoPorts(parsed.GetValue(app), parsed.GetValue(appSwitch), parsed.GetValue(listen), parsed.GetValue(admin))));
        return command;
    }

    private static Option<int> Port(string name, string description, int byDefault)
    {
        var option = new Option<int>(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description}"),
            HelpName = "port",
            DefaultValueFactory = _ => byDefault,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && PortNumber.Parse(result.Tokens[0].Value) is null)
            {
                result.AddError($"{name}: '{result.Tokens[0].Value}' is not a port from 1 to 65535");
            }
        });
        return option;
    }

    private static async Task<int> RunAsync(DemoPorts ports)
    {
        if (ports.Taken() is { } taken)
        {
            return Complaint.About(taken);
        }

        var signals = new EndingSignals();
        await using var app = new DemoApp(ports.App, ports.Switch);
        await app.StartAsync();
        using var agent = new AgentHost(
            new AgentConfiguration
            {
                Listen = new ListenAddress(IPAddress.Loopback, ports.Listen),
                Admin = new ListenAddress(IPAddress.Loopback, ports.Admin),
                DrainMax = TimeSpan.Zero,
                Mesh = new MeshConfiguration { Kind = MeshKind.None },
                Checks =
                [
                    new CheckConfiguration
                    {
                        Name = "service-go",
                        Container = "service-go",
                        Action = new HttpGetAction(PodHost.Auto, ports.App, "/status", ""),
                    },
                ],
            },
            new Dictionary<string, string>(),
            [],
            TimeProvider.System);
        if (await agent.TryStartAsync() is { } problem)
        {
            return Complaint.About(problem);
        }

        Terminal.WriteLine(ports.WhatToTry());
        await new DemoKubelet(ports.Listen, TimeProvider.System).ProbeUntilAsync(signals.Asked);
        await agent.StopAsync(signals.Demanded);
        Terminal.WriteLine("demo: ended");
        return ExitCode.Ok;
    }
}
