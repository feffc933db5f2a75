using System.Text.Json;

namespace ProbeAgent.DocumentTests.Rules;

/// <summary>Something that <c>validate</c> demands and JSON Schema cannot say.</summary>
/// <param name="Name">As <c>docs/configuration.md</c> has it.</param>
/// <param name="IsBroken">True for a document, good by the schema, that does not keep it.</param>
/// <param name="Shown">Documents that break this rule and no other.</param>
internal sealed record Rule(string Name, Predicate<JsonElement> IsBroken, params string[] Shown);
