using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace AlertBot.Tests.Architecture;

/// <summary>
/// No message to Discord can call anybody: every type that is written with what a message shows also writes, always and
/// with no way to change it, that nobody is called; and no JSON of a message is made by other means than such a type.
/// </summary>
internal static class MentionRule
{
    private const string Nobody = """
        "allowed_mentions":{"parse":[]}
        """;

    private static readonly string[] Shown = ["content", "embeds", "components"];
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The types that are written with something that a message shows.</summary>
    public static IEnumerable<Type> Messages(Assembly assembly, string space) =>
        assembly.GetTypes().Where(t => IsIn(t.Namespace, space) && t is { IsAbstract: false, IsInterface: false }).Where(t => t.GetProperties(Everything).Any(ShowsMessage));

    public static IEnumerable<string> Violations(Assembly assembly, string space)
    {
        foreach (var type in Messages(assembly, space).Where(t => !CallsNobody(t)))
        {
            yield return $"{type.Name} can be written without {Nobody}";
        }

        using var module = ModuleDefinition.ReadModule(assembly.Location);
        foreach (var type in module.Types.Where(t => IsIn(t.Namespace, space)).SelectMany(AllOf))
        {
            foreach (var instruction in type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).Where(MakesMessageByHand))
            {
                yield return $"{type.Name} makes a message by hand: {instruction.Operand}";
            }
        }
    }

    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static bool ShowsMessage(PropertyInfo property)
    {
        var written = property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition is not (JsonIgnoreCondition.Always or JsonIgnoreCondition.WhenWriting);
        var isMessage = NameOf(property) switch
        {
            "content" or "embeds" => true,
            // A row holds components too, and so does a form.
            "components" => !property.DeclaringType!.IsAssignableTo(typeof(AlertBot.Platforms.Discord.Wire.Component)) && property.DeclaringType != typeof(AlertBot.Platforms.Discord.Wire.Modal),
            _ => false,
        };
        return written && (isMessage || property.GetCustomAttribute<JsonExtensionDataAttribute>() is not null);
    }

    private static bool CallsNobody(Type type) =>
        type.IsSealed
        && type.GetProperties(Everything).SingleOrDefault(p => NameOf(p) == "allowed_mentions") is { CanWrite: false }
        && type.GetConstructor(Type.EmptyTypes) is { } constructor
        && JsonSerializer.Serialize(constructor.Invoke(null), type, Json).Contains(Nobody, StringComparison.Ordinal);

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private static bool MakesMessageByHand(Instruction instruction) => instruction.Operand switch
    {
        string text => Shown.Any(name => text.Contains($"\"{name}\"", StringComparison.Ordinal)),
        MethodReference { DeclaringType.Namespace: "System.Text.Json.Nodes" } => true,
        MethodReference { Name: ".ctor", DeclaringType: var made } when made.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal) =>
            made.Resolve().Properties.Any(p => Shown.Contains(JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name))),
        _ => false,
    };

    private static IEnumerable<TypeDefinition> AllOf(TypeDefinition type) => type.NestedTypes.SelectMany(AllOf).Prepend(type);

    private static bool IsIn(string? space, string parent) => space == parent || space?.StartsWith(parent + ".", StringComparison.Ordinal) == true;
}
