using System.Text.Json.Nodes;

namespace ProbeAgent.DocumentTests.Schema;

/// <summary>The table of every key, as <c>docs/configuration.md</c> must have it.</summary>
internal static class KeyTable
{
    private const string HookAction = "hooks[].httpGet";

    /// <summary>The keys that have a row; those of a hook's question are those of a check's.</summary>
    public static IEnumerable<SchemaKey> Keys =>
        DocumentSchema.Shipped.Keys.Where(key => !key.Path.StartsWith(HookAction + ".", StringComparison.Ordinal));

    /// <summary>The rows.</summary>
    public static IEnumerable<string> Rows => Keys.Select(key => $"| `{key}` | {Values(key)} | {Default(key)} | {Description(key)} |");

    private static string Values(SchemaKey key) => key.Schema switch
    {
        _ when key.Path == HookAction => "keys of `checks[].httpGet`",
        { } section when section["properties"] is not null => "keys",
        { } words when words["enum"] is JsonArray choice => Code(choice),
        { } list when list["items"]?["enum"] is JsonArray choice => $"list of {Code(choice)}",
        { } list when list["items"]?["const"] is { } word => $"list of {Code([word.DeepClone()])}",
        { } list when list["items"] is not null => "list",
        { } number when number["minimum"] is { } minimum =>
            $"{(number["type"]!.GetValue<string>() == "integer" ? "whole number" : "number")}, {minimum}–{number["maximum"]}",
        { } text when text["examples"] is JsonArray examples => $"text, such as {Code(examples)}",
        _ => "`true`, `false`",
    };

    private static string Default(SchemaKey key) => key switch
    {
        { IsRequired: true } => "required",
        { Schema: var schema } when schema["default"] is { } value => value switch
        {
            JsonArray words => $"`[{string.Join(", ", words.Select(word => word!.GetValue<string>()))}]`",
            _ when value.ToString().Length == 0 => "`\"\"`",
            _ => $"`{value}`",
        },
        _ => "–",
    };

    private static string Description(SchemaKey key) =>
        key.Schema["description"]!.GetValue<string>().Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Code(JsonArray words) => string.Join(", ", words.Select(word => $"`{word}`"));
}
