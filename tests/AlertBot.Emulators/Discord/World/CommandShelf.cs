using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Discord.World;

/// <summary>The registered commands, the global ones and each guild's own.</summary>
internal sealed class CommandShelf(DiscordWorld world)
{
    private static readonly Dictionary<int, int> Most = new() { [1] = 100, [2] = 15, [3] = 15 };

    private readonly Dictionary<string, List<JsonObject>> _commands = [];
    private readonly Dictionary<string, List<DateTimeOffset>> _created = [];

    /// <param name="guild">Null for the global ones.</param>
    public List<JsonObject> Of(string? guild) => _commands.TryGetValue(guild ?? "", out var commands) ? commands : _commands[guild ?? ""] = [];

    /// <summary>The command that a person's call reaches: the guild's own before the global one.</summary>
    public JsonObject? Find(string? guild, string name, int type) =>
        (guild is null ? [] : Of(guild)).Concat(Of(null)).FirstOrDefault(command => command.Text("name") == name && command.Integer("type") == type);

    /// <summary>Creates a command, or changes the one that has its name and type.</summary>
    public (JsonObject Command, bool IsNew) Put(string? guild, JsonObject form)
    {
        var shelf = Of(guild);
        var at = IndexOf(shelf, form);
        if (at >= 0)
        {
            return (shelf[at] = Made(guild, form, shelf[at].Text("id")!), false);
        }

        var type = form.Integer("type") ?? 1;
        if (shelf.Count(command => command.Integer("type") == type) >= Most[type])
        {
            throw new DiscordError(400, 30032, $"Maximum number of application commands reached ({Most[type]})");
        }

        CountCreate(guild);
        var made = Made(guild, form, world.Ids.Next());
        shelf.Add(made);
        return (made, true);
    }

    /// <summary>Replaces the whole shelf; commands of known names keep their ids.</summary>
    public void Overwrite(string? guild, JsonArray forms)
    {
        var old = Of(guild);
        foreach (var kind in forms.GroupBy(form => form.Integer("type") ?? 1).Where(kind => kind.Count() > Most[kind.Key]))
        {
            throw new DiscordError(400, 30032, $"Maximum number of application commands reached ({Most[kind.Key]})");
        }

        var made = new List<JsonObject>();
        foreach (var form in forms.OfType<JsonObject>())
        {
            var at = IndexOf(old, form);
            if (at < 0)
            {
                CountCreate(guild);
            }

            made.Add(Made(guild, form, at < 0 ? world.Ids.Next() : old[at].Text("id")!));
        }

        _commands[guild ?? ""] = made;
    }

    public JsonObject Replace(string? guild, string id, JsonObject form)
    {
        var shelf = Of(guild);
        return shelf[shelf.FindIndex(command => command.Text("id") == id)] = Made(guild, form, id);
    }

    public void Remove(string? guild, JsonObject command) => Of(guild).Remove(command);

    private static int IndexOf(List<JsonObject> shelf, JsonObject form) =>
        shelf.FindIndex(command => command.Text("name") == form.Text("name") && command.Integer("type") == (form.Integer("type") ?? 1));

    private void CountCreate(string? guild)
    {
        var made = _created.TryGetValue(guild ?? "", out var times) ? times : _created[guild ?? ""] = [];
        made.RemoveAll(at => world.Now - at > TimeSpan.FromDays(1));
        if (made.Count >= world.Options.CommandCreatesPerDay)
        {
            throw new DiscordError(400, 30034, $"Max number of daily application command creates has been reached ({world.Options.CommandCreatesPerDay})");
        }

        made.Add(world.Now);
    }

    private JsonObject Made(string? guild, JsonObject form, string id)
    {
        var command = new JsonObject
        {
            ["id"] = id,
            ["application_id"] = world.Options.ApplicationId,
            ["version"] = world.Ids.Next(),
            ["default_member_permissions"] = form.Text("default_member_permissions"),
            ["type"] = form.Integer("type") ?? 1,
            ["name"] = form.Text("name"),
            ["name_localizations"] = form.Map("name_localizations")?.DeepClone(),
            ["description"] = form.Text("description") ?? "",
            ["description_localizations"] = form.Map("description_localizations")?.DeepClone(),
            ["dm_permission"] = form.Flag("dm_permission") ?? true,
            ["contexts"] = form.List("contexts")?.DeepClone(),
            ["integration_types"] = form.List("integration_types")?.DeepClone() ?? new JsonArray(0),
            ["nsfw"] = form.Flag("nsfw") ?? false,
        };
        if (form.List("options") is { Count: > 0 } options)
        {
            command["options"] = WithoutNulls(options);
        }

        if (guild is not null)
        {
            command["guild_id"] = guild;
            command.Remove("dm_permission");
        }

        return command;
    }

    private static JsonArray WithoutNulls(JsonArray options)
    {
        var copy = options.Copy();
        foreach (var option in copy.OfType<JsonObject>())
        {
            foreach (var key in option.Where(pair => pair.Value is null && !pair.Key.EndsWith("_localizations", StringComparison.Ordinal)).Select(pair => pair.Key).ToList())
            {
                option.Remove(key);
            }

            if (option.List("options") is { } inner)
            {
                option["options"] = WithoutNulls(inner);
            }
        }

        return copy;
    }
}
