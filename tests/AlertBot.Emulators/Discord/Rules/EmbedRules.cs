using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Discord.Rules;

/// <summary>The limits of embeds, each alone and all together.</summary>
internal static class EmbedRules
{
    private const int Together = 6000;

    public static void Check(FormErrors errors, JsonObject body, string path)
    {
        if (body.List("embeds") is not { } embeds)
        {
            return;
        }

        if (embeds.Count > 10)
        {
            errors.TooLong(path, 10);
        }

        var total = 0;
        foreach (var (at, embed) in embeds.Index())
        {
            total += CheckOne(errors, embed, $"{path}.{at}");
            if (total > Together)
            {
                errors.Add($"{path}.{at}", "MAX_EMBED_SIZE_EXCEEDED", $"Embed size exceeds maximum size of {Together}");
                break;
            }
        }
    }

    private static int CheckOne(FormErrors errors, JsonNode? embed, string path)
    {
        var size = Text(errors, embed, "title", path, 256) + Text(errors, embed, "description", path, 4096)
            + Text(errors, embed.Map("footer"), "text", path + ".footer", 2048, embed.Has("footer"))
            + Text(errors, embed.Map("author"), "name", path + ".author", 256, embed.Has("author"));
        CheckAddresses(errors, embed, path);
        if (embed.Number("color") is { } color && color is < 0 or > 0xFFFFFF)
        {
            errors.Add(path + ".color", "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.");
        }

        var fields = embed.List("fields") ?? [];
        if (fields.Count > 25)
        {
            errors.TooLong(path + ".fields", 25);
        }

        foreach (var (at, field) in fields.Index())
        {
            size += Text(errors, field, "name", $"{path}.fields.{at}", 256, required: true) + Text(errors, field, "value", $"{path}.fields.{at}", 1024, required: true);
        }

        return size;
    }

    private static int Text(FormErrors errors, JsonNode? of, string key, string path, int most, bool required = false)
    {
        var length = MessageRules.Length(of.Text(key) ?? "");
        if (length > most)
        {
            errors.TooLong($"{path}.{key}", most);
        }
        else if (required && length == 0)
        {
            errors.Required($"{path}.{key}");
        }

        return length;
    }

    private static void CheckAddresses(FormErrors errors, JsonNode? embed, string path)
    {
        var addresses = new (string? Address, string Field, bool Attachment)[]
        {
            (embed.Text("url"), "url", false),
            (embed.Map("image").Text("url"), "image.url", true),
            (embed.Map("thumbnail").Text("url"), "thumbnail.url", true),
            (embed.Map("author").Text("url"), "author.url", false),
            (embed.Map("author").Text("icon_url"), "author.icon_url", true),
            (embed.Map("footer").Text("icon_url"), "footer.icon_url", true),
        };
        foreach (var (address, field, attachment) in addresses)
        {
            if (address is not null && !IsAddress(address, attachment))
            {
                errors.Add($"{path}.{field}", "URL_TYPE_INVALID_SCHEME", $"Scheme \"{address.Split(':')[0]}\" is not supported. Scheme must be one of ('http', 'https').");
            }
            else if (address?.Length > 2048)
            {
                errors.TooLong($"{path}.{field}", 2048);
            }
        }
    }

    private static bool IsAddress(string address, bool attachment) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https" || (attachment && uri.Scheme == "attachment"));
}
