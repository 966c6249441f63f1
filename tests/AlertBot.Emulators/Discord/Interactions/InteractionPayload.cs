using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Interactions;

/// <summary>Writes an interaction as the gateway and the HTTP endpoint send it.</summary>
internal sealed class InteractionPayload(DiscordWorld world, CommandShelf shelf)
{
    public JsonObject Write(DiscordInteraction interaction)
    {
        var payload = new JsonObject
        {
            ["id"] = interaction.Id,
            ["application_id"] = world.Options.ApplicationId,
            ["type"] = interaction.Spec.Type,
            ["token"] = interaction.Token,
            ["version"] = 1,
            ["data"] = Data(interaction),
            ["channel_id"] = interaction.Channel.Id,
            ["channel"] = Place(interaction),
            ["locale"] = interaction.Spec.Locale,
            ["app_permissions"] = DiscordJson.Bits(world.PermissionsIn(interaction.Channel)),
            ["context"] = !interaction.IsDirect ? 0 : interaction.Spec.AmongSeveral ? 2 : 1,
            ["authorizing_integration_owners"] = Owners(interaction),
            ["entitlements"] = new JsonArray(),
            ["attachment_size_limit"] = 10_485_760,
        };
        AddPerson(payload, interaction);
        if (interaction.Source is { } source && interaction.Spec.Kind != InteractionKind.Message)
        {
            payload["message"] = source.Json.DeepClone();
        }

        return payload;
    }

    public static JsonObject Owners(DiscordInteraction interaction) =>
        interaction.Spec.UserInstalled ? new JsonObject { ["1"] = interaction.User.Id } : new JsonObject { ["0"] = interaction.Channel.GuildId ?? "0" };

    private JsonObject Place(DiscordInteraction interaction)
    {
        const int GroupConversation = 3;
        var channel = DiscordJson.Channel(world, interaction.Channel);
        channel["type"] = interaction.Spec.AmongSeveral ? GroupConversation : channel.Integer("type");
        return channel;
    }

    private void AddPerson(JsonObject payload, DiscordInteraction interaction)
    {
        if (interaction.Channel.GuildId is not { } guildId)
        {
            payload["user"] = interaction.User.Json();
            return;
        }

        var guild = world.Guilds[guildId];
        var member = DiscordJson.Member(interaction.User, guild.JoinedAt, interaction.Spec.Roles);
        member["permissions"] = DiscordJson.Bits(interaction.Spec.Permissions);
        payload["member"] = member;
        payload["guild_id"] = guildId;
        payload["guild_locale"] = guild.Locale;
        payload["guild"] = new JsonObject { ["id"] = guildId, ["locale"] = guild.Locale, ["features"] = new JsonArray() };
    }

    private JsonObject Data(DiscordInteraction interaction) => interaction.Spec.Kind switch
    {
        InteractionKind.Command or InteractionKind.Autocomplete => Command(interaction),
        InteractionKind.Message => MenuCommand(interaction),
        InteractionKind.Modal => Modal(interaction.Spec),
        _ => Component(interaction),
    };

    private JsonObject Command(DiscordInteraction interaction)
    {
        var spec = interaction.Spec;
        var registered = shelf.Find(interaction.Channel.GuildId, spec.Name, 1);
        var data = Named(spec.Name, 1, registered);
        var declared = Declared(Declared(registered.List("options"), spec.Group), spec.Subcommand);
        var resolved = new ResolvedEntries(world, interaction);
        var options = DiscordWorld.Array(spec.Options.Where(pair => pair.Value is not null).Select(pair => Option(pair.Key, pair.Value!, spec, declared, resolved)));
        foreach (var (name, file) in spec.Files)
        {
            options.Add(new JsonObject { ["name"] = name, ["type"] = 11, ["value"] = resolved.Attach(file.Name, file.Bytes) });
        }

        options = Nested(Nested(options, spec.Subcommand, 1), spec.Group, 2);
        if (options.Count > 0)
        {
            data["options"] = options;
        }

        if (resolved.Json.Count > 0)
        {
            data["resolved"] = resolved.Json;
        }

        return data;
    }

    private static JsonArray? Declared(JsonArray? options, string? name) =>
        name is null ? options : options?.FirstOrDefault(option => option.Text("name") == name).List("options");

    private static JsonArray Nested(JsonArray options, string? name, int type) =>
        name is null ? options : [new JsonObject { ["type"] = type, ["name"] = name, ["options"] = options }];

    private static JsonObject Option(string name, JsonNode value, InteractionSpec spec, JsonArray? declared, ResolvedEntries resolved)
    {
        var type = declared?.FirstOrDefault(option => option.Text("name") == name).Integer("type") ?? TypeOf(value);
        var option = new JsonObject { ["name"] = name, ["type"] = type, ["value"] = value.DeepClone() };
        if (spec.Focused == name)
        {
            // What is being typed is text, whatever the option's type.
            option["value"] = value.AsText() ?? value.ToJsonString();
            option["focused"] = true;
        }
        else if (type is >= 6 and <= 9 && value.AsText() is { } id)
        {
            resolved.Add(type, id);
        }

        return option;
    }

    private static int TypeOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => 5,
        JsonValueKind.Number => value.AsNumber() is { } number && number == Math.Floor(number) ? 4 : 10,
        _ => 3,
    };

    private JsonObject MenuCommand(DiscordInteraction interaction)
    {
        var data = Named(interaction.Spec.Name, 3, shelf.Find(interaction.Channel.GuildId, interaction.Spec.Name, 3));
        data["target_id"] = interaction.Source!.Id;
        data["resolved"] = new JsonObject { ["messages"] = new JsonObject { [interaction.Source.Id] = interaction.Source.Json.DeepClone() } };
        return data;
    }

    private JsonObject Named(string name, int type, JsonObject? registered)
    {
        var data = new JsonObject { ["id"] = registered.Text("id") ?? world.Ids.Next(), ["name"] = name, ["type"] = type };
        if (registered.Text("guild_id") is { } guild)
        {
            data["guild_id"] = guild;
        }

        return data;
    }

    private static JsonObject Component(DiscordInteraction interaction)
    {
        var spec = interaction.Spec;
        var component = Components(interaction.Source!.Json).FirstOrDefault(item => item.Text("custom_id") == spec.CustomId);
        var data = new JsonObject { ["component_type"] = component.Integer("type") ?? (spec.Kind == InteractionKind.Button ? 2 : 3), ["custom_id"] = spec.CustomId };
        if (component.Integer("id") is { } id)
        {
            data["id"] = id;
        }

        if (spec.Kind == InteractionKind.Select)
        {
            data["values"] = DiscordWorld.Array(spec.Values.Select(value => JsonValue.Create(value)));
        }

        return data;
    }

    /// <summary>All components of a message, however deep.</summary>
    public static IEnumerable<JsonNode> Components(JsonNode? of) =>
        (of.List("components") ?? []).OfType<JsonObject>().Concat(of.Map("accessory") is { } accessory ? [accessory] : []).SelectMany(item => Components(item).Prepend(item));

    private static JsonObject Modal(InteractionSpec spec) => new()
    {
        ["custom_id"] = spec.CustomId,
        ["components"] = DiscordWorld.Array(spec.Fields.Select((field, at) => new JsonObject
        {
            ["type"] = 18,
            ["id"] = (2 * at) + 1,
            ["component"] = new JsonObject { ["type"] = 4, ["id"] = (2 * at) + 2, ["custom_id"] = field.Key, ["value"] = field.Value },
        })),
    };

    /// <summary>The users, members, roles and channels that options name by id.</summary>
    private sealed class ResolvedEntries(DiscordWorld world, DiscordInteraction interaction)
    {
        public JsonObject Json { get; } = [];

        public void Add(int type, string id)
        {
            var guild = interaction.Channel.GuildId is { } guildId ? world.Guilds[guildId] : null;
            if (type is 8 or 9 && guild?.Roles.Find(role => role.Id == id) is { } role)
            {
                Put("roles", id, DiscordJson.Role(role, guild.Roles.IndexOf(role)));
            }
            else if (type == 7 && world.Channels.TryGetValue(id, out var channel))
            {
                Put("channels", id, Channel(channel));
            }
            else if (type is 6 or 9)
            {
                Put("users", id, world.UserOrNew(id, null).Json());
                var member = DiscordJson.Member(null, guild?.JoinedAt ?? world.Now, []);
                member["permissions"] = DiscordJson.Bits(DiscordPermissions.Usual);
                Put("members", id, member);
            }
        }

        /// <summary>Uploads a file as a person does; gives its id.</summary>
        public string Attach(string name, byte[] bytes)
        {
            var id = world.Ids.Next();
            var path = $"/ephemeral-attachments/{interaction.Channel.Id}/{id}/{Uri.EscapeDataString(name)}";
            world.Files[path] = ("application/octet-stream", bytes);
            Put("attachments", id, new JsonObject
            {
                ["id"] = id,
                ["filename"] = name,
                ["size"] = bytes.Length,
                ["url"] = new Uri(world.Origin, path).AbsoluteUri,
                ["proxy_url"] = new Uri(world.Origin, path).AbsoluteUri,
                ["ephemeral"] = true,
            });
            return id;
        }

        private JsonObject Channel(DiscordChannel channel)
        {
            var json = DiscordJson.Channel(world, channel);
            json.Remove("permission_overwrites");
            json["permissions"] = DiscordJson.Bits(interaction.Spec.Permissions);
            json["app_permissions"] = DiscordJson.Bits(world.PermissionsIn(channel));
            return json;
        }

        private void Put(string kind, string id, JsonObject entry) => ((JsonObject)(Json[kind] ??= new JsonObject()))[id] = entry;
    }
}
