using System.Globalization;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Rules;

namespace AlertBot.Emulators.Discord.World;

/// <summary>Turns checked forms into messages, the way Discord echoes them, and changes messages by later forms.</summary>
internal sealed class MessageWriter(DiscordWorld world)
{
    private static readonly HashSet<string> EmbedKeys = ["title", "description", "url", "color", "timestamp", "footer", "image", "thumbnail", "author", "fields"];

    /// <summary>Makes a message that is in no channel yet.</summary>
    public DiscordMessage New(DiscordChannel channel, DiscordUser author, JsonObject form, IReadOnlyList<UploadedFile> files, string? id = null)
    {
        var now = world.Now;
        var json = new JsonObject
        {
            ["type"] = form.Map("message_reference") is null ? 0 : 19,
            ["content"] = MessageRules.Trimmed(form.Text("content")),
            ["mentions"] = new JsonArray(),
            ["mention_roles"] = new JsonArray(),
            ["attachments"] = new JsonArray(),
            ["embeds"] = Embeds(form.List("embeds")),
            ["timestamp"] = DiscordJson.Time(now),
            ["edited_timestamp"] = null,
            ["flags"] = form.Integer("flags") ?? 0,
            ["components"] = Components(form.List("components")),
            ["id"] = id ?? world.Ids.Next(),
            ["channel_id"] = channel.Id,
            ["author"] = author.Json(),
            ["pinned"] = false,
            ["mention_everyone"] = false,
            ["tts"] = form.Flag("tts") ?? false,
        };
        json["attachments"] = Attachments(channel, form.List("attachments"), files, []);
        AddReferences(json, channel, form);
        Mentions.Write(world, channel, json, form.Map("allowed_mentions"));
        return new DiscordMessage(json.Text("id")!, author.Id, json) { CreatedAt = now };
    }

    /// <summary>Puts a new message at the end of its channel.</summary>
    public static void Keep(DiscordChannel channel, DiscordMessage message)
    {
        channel.Messages.Add(message);
        channel.TotalSent++;
    }

    /// <summary>Changes what the form names; mentions are worked out again from the new text.</summary>
    public void Edit(DiscordChannel channel, DiscordMessage message, JsonObject form, IReadOnlyList<UploadedFile> files)
    {
        var json = message.Json;
        if (form.Has("content"))
        {
            json["content"] = MessageRules.Trimmed(form.Text("content"));
        }

        if (form.Has("embeds"))
        {
            json["embeds"] = Embeds(form.List("embeds"));
        }

        if (form.Has("components"))
        {
            json["components"] = Components(form.List("components"));
        }

        if (form.Integer("flags") is { } flags)
        {
            message.Flags = (message.Flags & ~MessageRules.SuppressEmbeds) | (flags & (MessageRules.SuppressEmbeds | MessageRules.ComponentsV2));
        }

        if (form.Has("attachments") || files.Count > 0)
        {
            json["attachments"] = Attachments(channel, form.List("attachments"), files, json.List("attachments")!);
        }

        if (MessageRules.IsEmpty(json))
        {
            throw DiscordError.EmptyMessage();
        }

        json["edited_timestamp"] = DiscordJson.Time(world.Now);
        Mentions.Write(world, channel, json, form.Map("allowed_mentions"));
    }

    private static void AddReferences(JsonObject json, DiscordChannel channel, JsonObject form)
    {
        if (form.Member("nonce") is { } nonce)
        {
            json["nonce"] = nonce.DeepClone();
        }

        if (form.Map("message_reference") is { } reference)
        {
            json["message_reference"] = new JsonObject { ["type"] = 0, ["message_id"] = reference.Text("message_id"), ["channel_id"] = channel.Id };
            json["referenced_message"] = channel.Find(reference.Text("message_id") ?? "")?.Json.Copy();
        }
    }

    private static JsonArray Embeds(JsonArray? forms) => DiscordWorld.Array((forms ?? []).OfType<JsonObject>().Select(Embed));

    private static JsonObject Embed(JsonObject form)
    {
        var embed = new JsonObject { ["type"] = "rich" };
        foreach (var (key, value) in form.Where(pair => pair.Value is not null && EmbedKeys.Contains(pair.Key)))
        {
            embed[key] = key switch
            {
                "title" or "description" => MessageRules.Trimmed(value.AsText()),
                "timestamp" => DiscordJson.Time(DateTimeOffset.Parse(value.AsText()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
                "fields" => DiscordWorld.Array(((JsonArray)value!).Select(Field)),
                _ => value!.DeepClone(),
            };
        }

        return embed;
    }

    private static JsonObject Field(JsonNode? form) => new()
    {
        ["name"] = MessageRules.Trimmed(form.Text("name")),
        ["value"] = MessageRules.Trimmed(form.Text("value")),
        ["inline"] = form.Flag("inline") ?? false,
    };

    private static JsonArray Components(JsonArray? forms)
    {
        var next = 1;
        return DiscordWorld.Array((forms ?? []).OfType<JsonObject>().Select(form => Component(form, ref next)));
    }

    private static JsonObject Component(JsonObject form, ref int next)
    {
        var component = new JsonObject { ["type"] = form.Integer("type"), ["id"] = form.Integer("id") ?? next++ };
        if (component.Integer("type") is 3 or 5 or 6 or 7 or 8)
        {
            component["min_values"] = 1;
            component["max_values"] = 1;
        }

        foreach (var (key, value) in form.Where(pair => pair.Value is not null && pair.Key is not ("id" or "type")))
        {
            component[key] = key switch
            {
                "components" => Inner((JsonArray)value!, ref next),
                "accessory" => Component((JsonObject)value!, ref next),
                _ => value!.DeepClone(),
            };
        }

        return component;

        static JsonArray Inner(JsonArray forms, ref int next)
        {
            var inner = new JsonArray();
            foreach (var form in forms.OfType<JsonObject>())
            {
                inner.Add(Component(form, ref next));
            }

            return inner;
        }
    }

    /// <summary>Those of the old ones that the form names again, then the uploaded ones.</summary>
    private JsonArray Attachments(DiscordChannel channel, JsonArray? forms, IReadOnlyList<UploadedFile> files, JsonArray old)
    {
        var kept = old.Where(attachment => forms is null || forms.Any(form => IdOf(form) == attachment.Text("id"))).Select(attachment => attachment!.DeepClone()).ToList();
        foreach (var file in files)
        {
            var form = forms?.FirstOrDefault(form => IdOf(form) == file.Number.ToString(CultureInfo.InvariantCulture));
            kept.Add(Upload(channel, file, form.Text("filename") ?? file.Name, form.Text("description")));
        }

        return DiscordWorld.Array(kept);

        static string? IdOf(JsonNode? form) => form.Text("id") ?? form.Integer("id")?.ToString(CultureInfo.InvariantCulture);
    }

    private JsonObject Upload(DiscordChannel channel, UploadedFile file, string name, string? description)
    {
        var id = world.Ids.Next();
        var path = $"attachments/{channel.Id}/{id}/{Uri.EscapeDataString(name)}";
        world.Files["/" + path] = (file.Type, file.Bytes);
        var address = new Uri(world.Origin, path).AbsoluteUri;
        var json = new JsonObject
        {
            ["id"] = id,
            ["filename"] = name,
            ["size"] = file.Bytes.Length,
            ["url"] = address,
            ["proxy_url"] = address,
            ["content_type"] = file.Type,
        };
        if (description is not null)
        {
            json["description"] = description;
        }

        return json;
    }
}
