using System.Text.Json.Nodes;
using ProbeAgent.Manifests;

namespace ProbeAgent.Tests.Manifests;

#pragma warning disable CA5394 // The same texts on every run.

/// <summary>For random texts and random changes: the new text means what was wanted, has all comments, and where nothing changes not a character does.</summary>
public sealed class ManifestPropertyTests
{
    private const int Rounds = 600;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void With_RandomChanges_MeansWhatWasWanted(int seed)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random((seed * Rounds) + round);
            var text = new ManifestGenerator(random).Next();
            var (file, mistake) = ManifestFile.Read(text);
            Assert.True(mistake is null, $"{seed}/{round} {mistake?.At}: {mistake?.Message}\n{text}");
            var values = file!.Documents.ToDictionary(document => document, document => Changed(document.Value, random));

            var (changed, refusal) = file.With(values);

            Assert.True(refusal is null, $"{seed}/{round} {refusal?.At}: {refusal?.Message}\n{text}\n→ {string.Join("\n→ ", values.Values.Select(value => value.ToJsonString()))}");
            var again = ManifestFile.Read(changed!).File!.Documents.Select(document => document.Value);
            Assert.True(again.Zip(values.Values).All(pair => JsonNode.DeepEquals(pair.First, pair.Second)), changed);
            Assert.Equal(Comments(text), Comments(changed!));
        }
    }

    [Fact]
    public void With_TheValueThatIsThere_ChangesNothing()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var text = new ManifestGenerator(new Random(round)).Next();
            var file = ManifestFile.Read(text).File!;

            var (changed, _) = file.With(file.Documents.ToDictionary(document => document, document => document.Value.DeepClone()));

            Assert.Equal(text, changed);
        }
    }

    [Fact]
    public void With_OneMoreKey_LeavesEveryLineAlone()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var text = new ManifestGenerator(new Random(round)).Next();
            text += text.EndsWith('\n') ? "" : text.Contains('\r', StringComparison.Ordinal) ? "\r\n" : "\n";
            var file = ManifestFile.Read(text).File!;
            var value = file.Documents[0].Value.DeepClone();
            value["added"] = 1;

            var (changed, _) = file.With(new Dictionary<ManifestDocument, JsonNode> { [file.Documents[0]] = value });

            Assert.Equal(Lines(text).Append("added: 1").Order(), Lines(changed!).Order());
        }
    }

    private static IEnumerable<string> Lines(string text) =>
        text.TrimEnd('\r', '\n').Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0);

    private static IEnumerable<string> Comments(string text) => text.Split("# comment ").Skip(1).Select(rest => rest.Split('\r', '\n')[0].TrimEnd()).Order();

    private static JsonNode Changed(JsonNode value, Random random)
    {
        var changed = value.DeepClone();
        for (var edits = random.Next(4); edits > 0; edits--)
        {
            Change(changed, random);
        }

        return changed;
    }

    private static void Change(JsonNode node, Random random)
    {
        var children = node is JsonObject map ? map.Select(member => member.Value).ToList() : node is JsonArray list ? [.. list] : [];
        var deeper = children.Where(child => child is JsonObject or JsonArray).ToList();
        if (deeper.Count > 0 && random.Next(4) != 0)
        {
            Change(deeper[random.Next(deeper.Count)]!, random);
        }
        else if (node is JsonObject members)
        {
            ChangeMap(members, random);
        }
        else
        {
            ChangeList((JsonArray)node, random);
        }
    }

    private static void ChangeMap(JsonObject map, Random random)
    {
        var name = map.Count == 0 ? null : map.ElementAt(random.Next(map.Count)).Key;
        switch (random.Next(5))
        {
            case 0 when name is not null:
                map.Remove(name);
                break;
            case 1 when name is not null:
                map[name] = Value(random, 0);
                break;
            case 2 when name is not null:
                map.Remove(name);
                map["renamed"] = Value(random, 0);
                break;
            case 3 when name is not null && map.Count > 1:
                map[name] = map.ElementAt(random.Next(map.Count)).Value?.DeepClone();
                break;
            default:
                map["new " + random.Next(5)] = Value(random, 0);
                break;
        }
    }

    private static void ChangeList(JsonArray list, Random random)
    {
        switch (random.Next(4))
        {
            case 0 when list.Count > 0:
                list.RemoveAt(random.Next(list.Count));
                break;
            case 1 when list.Count > 0:
                list[random.Next(list.Count)] = Value(random, 0);
                break;
            case 2:
                list.Insert(0, Value(random, 0));
                break;
            default:
                list.Insert(random.Next(list.Count + 1), Value(random, 0));
                break;
        }
    }

    private static JsonNode? Value(Random random, int depth) => (depth > 2 ? random.Next(2, 9) : random.Next(9)) switch
    {
        0 => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(n => KeyValuePair.Create("k" + n, Value(random, depth + 1)))),
        1 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
        2 => null,
        3 => random.Next(2) == 0,
        4 => "line\n  line # no comment\n\nline\n",
        5 => "line\nline",
        6 => "yes",
        7 => "é😀 \": # \\ \t\u0001",
        _ => random.Next(100),
    };
}
