using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Rules;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>Application commands, global and of one guild.</summary>
internal sealed class CommandRoutes(DiscordWorld world, CommandShelf shelf)
{
    private static readonly string[] Bases = ["applications/{application_id}/commands", "applications/{application_id}/guilds/{guild_id}/commands"];
    private static readonly string[] GlobalOnly = ["contexts", "integration_types"];

    public IEnumerable<RestRoute> All() => Bases.SelectMany(path => new RestRoute[]
    {
        new("GET", path, call => RestAnswer.Ok(Listed(Owner(call), call))),
        new("PUT", path, Overwrite),
        new("POST", path, Create),
        new("GET", path + "/{command_id}", call => RestAnswer.Ok(Find(call).DeepClone())),
        new("PATCH", path + "/{command_id}", Change),
        new("DELETE", path + "/{command_id}", Delete),
    });

    private RestAnswer Overwrite(RestCall call)
    {
        var guild = Owner(call);
        if (call.Body is not JsonArray forms)
        {
            throw FormErrors.One("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        }

        var errors = new FormErrors();
        var names = new HashSet<(int, string)>();
        foreach (var (at, form) in forms.Index())
        {
            CommandRules.Check(errors, form, $"{at}", guild is not null);
            if (!names.Add((form.Integer("type") ?? 1, form.Text("name") ?? "")))
            {
                errors.Add($"{at}.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");
            }
        }

        errors.Throw();
        shelf.Overwrite(guild, forms);
        return RestAnswer.Ok(Listed(guild, call, full: true));
    }

    private RestAnswer Create(RestCall call)
    {
        var guild = Owner(call);
        Check(call.Form(), guild);
        var (command, isNew) = shelf.Put(guild, call.Form());
        return new RestAnswer(isNew ? 201 : 200, command.DeepClone());
    }

    private RestAnswer Change(RestCall call)
    {
        var merged = Find(call).Copy();
        foreach (var (key, value) in call.Form())
        {
            merged[key] = value?.DeepClone();
        }

        foreach (var key in GlobalOnly.Where(key => !call.Form().Has(key)))
        {
            merged.Remove(key);
        }

        Check(merged, Owner(call));
        return RestAnswer.Ok(shelf.Replace(Owner(call), call["command_id"], merged).DeepClone());
    }

    private RestAnswer Delete(RestCall call)
    {
        shelf.Remove(Owner(call), Find(call));
        return RestAnswer.None();
    }

    private static void Check(JsonObject form, string? guild)
    {
        var errors = new FormErrors();
        CommandRules.Check(errors, form, "", guild is not null);
        errors.Throw();
    }

    private JsonObject Find(RestCall call) => shelf.Of(Owner(call)).Find(command => command.Text("id") == call["command_id"]) ?? throw DiscordError.UnknownCommand();

    /// <summary>Localisations are left out of a list unless it is asked for them.</summary>
    private JsonArray Listed(string? guild, RestCall call, bool full = false)
    {
        var commands = DiscordWorld.Array(shelf.Of(guild).Select(command => command.DeepClone()));
        foreach (var command in full || call.Query.GetValueOrDefault("with_localizations") == "true" ? [] : commands.OfType<JsonObject>())
        {
            command.Remove("name_localizations");
            command.Remove("description_localizations");
        }

        return commands;
    }

    private string? Owner(RestCall call)
    {
        if (call["application_id"] != world.Options.ApplicationId)
        {
            throw new DiscordError(403, 20012, "You are not authorized to perform this action on this application");
        }

        return call.Values.TryGetValue("guild_id", out var guild) ? world.GuildOrRefuse(guild).Id : null;
    }
}
