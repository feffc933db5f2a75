using System.Globalization;
using System.Text.Json.Nodes;

namespace ProbeAgent.DocumentTests.Schema;

/// <summary>Documents that the schema allows, and the same with something done to them.</summary>
/// <param name="generator">Writes them.</param>
/// <param name="random">Decides what is done to them.</param>
internal sealed class RandomSamples(DocumentGenerator generator, Random random)
{
    private static readonly string[] Strangers = ["null", "false", "0", "65536", "\"\"", "\"x y\"", "[]", "{}"];

    /// <summary>As many as asked for; two thirds are changed.</summary>
    public IEnumerable<Sample> Take(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var document = generator.Any();
            var origin = string.Create(CultureInfo.InvariantCulture, $"random {i}");
            yield return Sample.Of(i % 3 == 0 ? origin : $"{origin}: {Change(document)}", document);
        }
    }

    private string Change(JsonObject document)
    {
        var sites = Sites(document).ToList();
        var (around, name, index) = sites[random.Next(sites.Count)];
        return around is JsonArray list ? ChangeItem(list, index) : ChangeKey(around.AsObject(), name);
    }

    private string ChangeKey(JsonObject around, string name)
    {
        var stranger = Strangers[random.Next(Strangers.Length)];
        switch (random.Next(4))
        {
            case 0:
                around.Remove(name);
                return $"{name} dropped";
            case 1:
                var value = around[name];
                around.Remove(name);
                around[name[..^1]] = value;
                return $"{name} cut";
            case 2:
                around["extra"] = JsonNode.Parse(stranger);
                return $"extra beside {name}";
            default:
                around[name] = JsonNode.Parse(stranger);
                return $"{name} is {stranger}";
        }
    }

    private string ChangeItem(JsonArray list, int index)
    {
        var stranger = Strangers[random.Next(Strangers.Length)];
        switch (random.Next(3))
        {
            case 0:
                list.RemoveAt(index);
                return $"item {index} of {list.GetPath()} dropped";
            case 1:
                list.Add(list[index]!.DeepClone());
                return $"item {index} of {list.GetPath()} doubled";
            default:
                list[index] = JsonNode.Parse(stranger);
                return $"item {index} of {list.GetPath()} is {stranger}";
        }
    }

    private static IEnumerable<(JsonNode Around, string Name, int Index)> Sites(JsonNode node) => node switch
    {
        JsonObject keys => keys.SelectMany(pair => Below(pair.Value).Prepend((keys, pair.Key, 0))),
        JsonArray list => list.SelectMany((item, i) => Below(item).Prepend((list, "", i))),
        _ => [],
    };

    private static IEnumerable<(JsonNode Around, string Name, int Index)> Below(JsonNode? node) => node is null ? [] : Sites(node);
}
