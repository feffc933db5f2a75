using System.Text.Json.Nodes;
using ProbeAgent.Injection;

namespace ProbeAgent.Admission;

/// <summary>
/// The annotation by which a pod says what the webhook made of it: nobody sees the warnings of a pod that a controller makes.
/// </summary>
internal static class InjectionMark
{
    /// <summary>Its name.</summary>
    public const string Name = "probe-agent/injection";

    private const int MaxLength = 256;

    /// <summary>Its text: the decision, and a sentence where there is something to say.</summary>
    public static string Text(InjectionDecision decision, string? sentence)
    {
        var text = string.IsNullOrEmpty(sentence) ? DecisionWord.Of(decision) : $"{DecisionWord.Of(decision)}: {sentence}";
        return Shortened(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)));
    }

    /// <summary>What puts it on a pod; nothing where one is there that says as much.</summary>
    /// <param name="pod">The pod, with all else that is done to it.</param>
    /// <param name="text">As of <see cref="Text"/>.</param>
    public static JsonPatch On(JsonNode pod, string text)
    {
        var patch = new JsonPatch();
        var place = JsonPointer.Root / "metadata" / "annotations";
        switch (place.Find(pod))
        {
            case JsonObject annotations when !SaysAsMuch(annotations[Name], text):
                patch.Add(place / Name, text);
                break;
            case null when pod["metadata"] is JsonObject:
                patch.Add(place, new JsonObject { [Name] = text });
                break;
            default:
                break;
        }

        return patch;
    }

    // The webhook is asked again when others have changed the pod. What it found first is the cause, later reasons are consequences.
    private static bool SaysAsMuch(JsonNode? there, string text)
    {
        if (there is not JsonValue value || !value.TryGetValue<string>(out var old))
        {
            return false;
        }

        var (before, now) = (WordOf(old), WordOf(text));
        var (injected, unchanged, error) =
            (DecisionWord.Of(InjectionDecision.Injected), DecisionWord.Of(InjectionDecision.Unchanged), DecisionWord.Of(InjectionDecision.Error));
        return before == now || (now != injected && (before == unchanged || before == error));
    }

    private static string WordOf(string text) => text.Split(':', 2)[0];

    private static string Shortened(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        var end = MaxLength - 1;
        return (char.IsHighSurrogate(text[end - 1]) ? text[..(end - 1)] : text[..end]) + '…';
    }
}
