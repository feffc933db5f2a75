using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProbeAgent.Tests.Injection;

/// <summary>Writes a file of manifests as people and tools write them: comments everywhere, anchors and aliases, blocks and braces, either end of line.</summary>
internal sealed partial class RandomManifest(int seed)
{
    // Chance is the input here, and no secret.
#pragma warning disable CA5394
    private readonly Random chance = new(seed);
#pragma warning restore CA5394
    private readonly StringBuilder text = new();
    private int comments;
    private bool hasAnchor;

    /// <summary>The comments of a text that this class has written, in any order.</summary>
    public static IEnumerable<string> CommentsOf(string text) => Comment().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    public string Write()
    {
        var documents = Below(3) + 1;
        for (var number = 0; number < documents; number++)
        {
            if (number > 0 || Chance(3))
            {
                Line(0, "---");
            }

            hasAnchor = false;
            WriteDocument(number);
        }

        var written = Chance(5) ? text.ToString().TrimEnd('\n') : text.ToString();
        return Chance(4) ? written.Replace("\n", "\r\n", StringComparison.Ordinal) : written;
    }

    private void WriteDocument(int number)
    {
        if (Chance(5))
        {
            Line(0, "apiVersion: v1");
            Line(0, "kind: Service");
            Line(0, $"metadata: {{name: \"s{number}\"}}");
            return;
        }

        Line(0, "apiVersion: apps/v1");
        Line(0, "kind: " + Of("Deployment", "'StatefulSet'", "\"DaemonSet\""));
        Line(0, "metadata:");
        Line(2, $"name: web-{number}");
        Line(0, "spec:");
        Line(2, "template:");
        WriteMetadata();
        Line(4, "spec:");
        if (Chance(3))
        {
            Line(6, "initContainers:");
            WriteContainer("init", 6, isSidecar: true);
        }

        Line(6, "containers:");
        // A list may stand under its key, or further in.
        var indentation = Chance(2) ? 6 : 8;
        for (var container = Below(3); container >= 0; container--)
        {
            WriteContainer($"c{container}", indentation, isSidecar: false);
        }

        if (Chance(2))
        {
            Line(6, "terminationGracePeriodSeconds: 5");
        }
    }

    private void WriteMetadata()
    {
        switch (Below(5))
        {
            case 0:
                return;
            case 1:
                Line(4, "metadata: {labels: {app: web}}");
                return;
            case 2:
                Line(4, "metadata:");
                Line(6, "labels:");
                Line(8, "app: web");
                return;
            case 3:
                Line(4, "metadata:");
                Line(6, "annotations:");
                Line(8, "traffic.sidecar.istio.io/excludeInboundPorts: " + Of("\"9000\"", "'9000,9001'", "\"\""));
                return;
            default:
                Line(4, "metadata:");
                Line(6, "annotations: {\"sidecar.istio.io/rewriteAppHTTPProbers\": 'true', note: a}");
                return;
        }
    }

    private void WriteContainer(string name, int indentation, bool isSidecar)
    {
        Line(indentation, $"- name: {name}");
        var inner = indentation + 2;
        Line(inner, "image: \"image:1\"");
        if (isSidecar)
        {
            Line(inner, "restartPolicy: Always");
        }

        Line(inner, "ports:");
        Line(inner, "- {name: http, containerPort: 80}");
        if (Chance(3))
        {
            Line(inner, "args: [");
            Line(inner + 2, "a, b");
            Line(inner, "]");
        }

        if (Chance(3))
        {
            Line(inner, "command:");
            Raw(inner, "- |");
            Raw(inner + 4, "echo a # is no comment");
            Raw(inner + 4, "");
            Raw(inner + 4, "echo b");
        }

        foreach (var probe in new[] { "livenessProbe", "readinessProbe", "startupProbe" }.Where(_ => Chance(2)))
        {
            WriteProbe(probe, inner);
        }

        if (Chance(2))
        {
            Line(inner, "env: []");
        }
    }

    private void WriteProbe(string name, int at)
    {
        if (hasAnchor && Chance(3))
        {
            Line(at, Chance(2) ? $"{name}: *probe" : $"{name}: {{<<: *probe, periodSeconds: 30}}");
            return;
        }

        var anchor = "";
        if (Chance(4))
        {
            anchor = " &probe";
            hasAnchor = true;
        }

        switch (Below(6))
        {
            case 0:
                Line(at, $"{name}:{anchor} {{httpGet: {{path: /a, port: http}}, periodSeconds: 10}}");
                return;
            case 1:
                Line(at, $"{name}:{anchor}");
                Line(at + 2, "tcpSocket:");
                Line(at + 4, "port: 80");
                Line(at + 2, "failureThreshold: 4");
                return;
            case 2:
                Line(at, $"{name}:{anchor}");
                Line(at + 2, "periodSeconds: 11");
                Line(at + 2, "grpc: {port: 90, service: \"a.b\"}");
                return;
            case 3:
                Line(at, $"{name}:{anchor}");
                Line(at + 4, "exec: {command: [a, 'b']}");
                return;
            case 4:
                Line(at, $"{name}:{anchor}");
                Line(at + 2, "httpGet:");
                Line(at + 4, "scheme: HTTPS");
                Line(at + 4, "httpHeaders:");
                Line(at + 4, "- name: X-A");
                Line(at + 4, "  value: 'b: # c'");
                Line(at + 4, "port: 8443");
                Line(at + 2, "timeoutSeconds: 2");
                return;
            default:
                Line(at, $"{name}:{anchor}");
                Line(at + 2, "httpGet:");
                Line(at + 4, "path: " + Of("/status", "\"/status?a=b\"", "'/st atus'"));
                Line(at + 4, "port: " + Of("80", "http", "\"http\""));
                return;
        }
    }

    private void Line(int indentation, string line)
    {
        if (Chance(6))
        {
            Raw(Chance(3) ? 0 : indentation, NextComment());
        }

        if (Chance(12))
        {
            text.Append('\n');
        }

        // Behind '---' and an opening bracket, too.
        Raw(indentation, Chance(5) ? $"{line}  {NextComment()}" : line);
    }

    private string NextComment() => string.Create(CultureInfo.InvariantCulture, $"# comment {comments++} of ü {{}} [ ' \" : -");

    private void Raw(int indentation, string line) => text.Append(' ', line.Length == 0 ? 0 : indentation).Append(line).Append('\n');

#pragma warning disable CA5394
    private int Below(int bound) => chance.Next(bound);
#pragma warning restore CA5394

    private bool Chance(int one) => Below(one) == 0;

    private string Of(params string[] choices) => choices[Below(choices.Length)];

    [GeneratedRegex("# comment [0-9]+ of ü")]
    private static partial Regex Comment();
}
