using Mono.Cecil;

namespace AlertBot.Tests.Architecture;

/// <summary>Who uses whom, read from compiled code: async bodies, lambdas and half-qualified names included.</summary>
internal static class FolderRule
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Storage"] = [],
        ["Platforms"] = [],
        ["Knowledge"] = ["Storage"],
        ["Feeds"] = ["Storage"],
        // The local platform is the chat server itself: it keeps its own messages.
        ["Platforms.Local"] = ["Platforms", "Storage"],
        // Sessions, the budget of log-ins and what Discord was told must outlive the process.
        ["Platforms.Discord"] = ["Platforms", "Storage"],
        // Installations and their tokens must outlive it, too.
        ["Platforms.Slack"] = ["Platforms", "Storage"],
        ["Stories"] = ["Feeds", "Storage"],
        ["Subscriptions"] = ["Knowledge", "Platforms", "Storage"],
        ["Tagging"] = ["Stories", "Knowledge", "Storage"],
        ["Alerts"] = ["Tagging", "Stories", "Subscriptions", "Knowledge", "Platforms", "Storage"],
        ["Lookups"] = ["Tagging", "Stories", "Knowledge", "Feeds", "Subscriptions", "Platforms", "Storage"],
        ["Moderation"] = ["Alerts", "Tagging", "Stories", "Knowledge", "Feeds", "Subscriptions", "Platforms", "Storage", "Retagging"],
        ["Retagging"] = ["Alerts", "Knowledge", "Platforms", "Stories", "Storage", "Tagging"],
        ["Polling"] = ["Feeds", "Stories", "Tagging", "Subscriptions", "Alerts", "Storage"],
        // Whoever checks everything has to see everything.
        ["Checkups"] = ["Alerts", "Feeds", "Knowledge", "Moderation", "Platforms", "Retagging", "Storage", "Stories", "Subscriptions"],
        ["Web"] = ["Alerts", "Checkups", "Feeds", "Knowledge", "Lookups", "Moderation", "Platforms", "Stories", "Storage", "Subscriptions", "Tagging"],
        ["Scheduling"] = ["Polling", "Moderation", "Retagging", "Alerts", "Feeds", "Stories", "Storage"],
    };

    // Packages by the start of their namespaces, and the folders that may use them. "" is the host, which may use all.
    private static readonly (string Package, string[] Folders)[] Fences =
    [
        ("Quartz", ["Scheduling"]),
        ("Microsoft.Data.Sqlite", ["Storage"]),
        ("Npgsql", ["Storage"]),
        ("Microsoft.AspNetCore.DataProtection", ["Storage"]),
        ("Microsoft.AspNetCore", ["Web", "Commands", "Platforms.Local", "Platforms.Discord", "Platforms.Slack"]),
        ("System.Xml", ["Feeds"]),
        ("AngleSharp", ["Feeds"]),
        ("SmartReader", ["Feeds"]),
        ("CsvHelper", ["Commands"]),
        ("Spectre.Console", ["Commands"]),
        ("Microsoft.Extensions.AI", ["Lookups"]),
        ("OpenAI", ["Lookups"]),
        ("ScottPlot", ["Lookups"]),
        ("SkiaSharp", ["Lookups"]),
        ("NodaTime", ["Subscriptions", "Alerts"]),
    ];

    /// <summary>Uses of one folder by another, as <c>Alerts -> Stories</c>, each with one place where it happens.</summary>
    public static IReadOnlyDictionary<string, string> Edges(string assembly, string root)
    {
        var edges = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (user, used) in Uses(assembly, root))
        {
            if (FolderOf(used.Namespace, root) is { } target && FolderOf(user.Namespace, root) is { } folder && folder != target)
            {
                edges.TryAdd($"{folder} -> {target}", $"{user.Name} uses {used.Name}");
            }
        }

        return edges;
    }

    public static IEnumerable<string> Violations(string assembly, string root)
    {
        foreach (var (edge, place) in Edges(assembly, root))
        {
            var (folder, target) = (edge.Split(" -> ")[0], edge.Split(" -> ")[1]);
            if (folder is not ("" or "Commands") && !(MayUse.TryGetValue(folder, out var allowed) && allowed.Contains(target)))
            {
                yield return $"{edge}: {place}";
            }
        }

        foreach (var (user, used) in Uses(assembly, root))
        {
            var folder = FolderOf(user.Namespace, root);
            if (folder is { Length: > 0 } && FenceOf(used.Namespace) is var (package, folders) && !folders.Contains(folder))
            {
                yield return $"{folder} uses {package}: {user.Name} uses {used.Name}";
            }
        }
    }

    // The narrowest of those that hold.
    private static (string Package, string[] Folders)? FenceOf(string space) =>
        Fences.Where(f => space.StartsWith(f.Package, StringComparison.Ordinal)).OrderByDescending(f => f.Package.Length).Select(f => ((string, string[])?)f).FirstOrDefault();

    private static IEnumerable<(TypeReference User, TypeReference Used)> Uses(string assembly, string root)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        foreach (var type in module.Types.Where(t => FolderOf(t.Namespace, root) is not null))
        {
            foreach (var used in AllOf(type).SelectMany(References).Distinct())
            {
                yield return (type, used);
            }
        }
    }

    private static IEnumerable<TypeDefinition> AllOf(TypeDefinition type) => type.NestedTypes.SelectMany(AllOf).Prepend(type);

    private static IEnumerable<TypeReference> References(TypeDefinition type)
    {
        IEnumerable<TypeReference?> direct =
        [
            type.BaseType, .. type.Interfaces.Select(i => i.InterfaceType), .. type.Fields.Select(f => f.FieldType), .. type.Properties.Select(p => p.PropertyType),
            .. type.CustomAttributes.Select(a => a.AttributeType),
            .. type.Methods.SelectMany(m => m.Parameters.Select(p => p.ParameterType).Append(m.ReturnType)),
            .. type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Variables.Select(v => v.VariableType)),
            .. type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).SelectMany(i => InOperand(i.Operand)),
        ];
        return direct.OfType<TypeReference>().SelectMany(Flatten);
    }

    private static IEnumerable<TypeReference?> InOperand(object? operand) => operand switch
    {
        TypeReference type => [type],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(p => p.ParameterType), .. (method as GenericInstanceMethod)?.GenericArguments ?? []],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Flatten(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Flatten).Prepend(Outermost(generic.ElementType)),
        FunctionPointerType function => function.Parameters.Select(p => p.ParameterType).Append(function.ReturnType).SelectMany(Flatten),
        TypeSpecification wrapped => Flatten(wrapped.ElementType),
        _ => [Outermost(type)],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The folder of a namespace: one level, two below Platforms; "" is the root, null is not ours.</summary>
    private static string? FolderOf(string space, string root)
    {
        if (space == root)
        {
            return "";
        }

        if (!space.StartsWith(root + ".", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = space[(root.Length + 1)..].Split('.');
        return parts[0] == "Platforms" && parts.Length > 1 ? $"Platforms.{parts[1]}" : parts[0];
    }
}
