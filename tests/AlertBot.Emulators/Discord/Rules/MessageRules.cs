using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Discord.Rules;

/// <summary>What Discord demands of a message before it looks at the channel.</summary>
internal static class MessageRules
{
    public const int SuppressEmbeds = 4;
    public const int ComponentsV2 = 1 << 15;
    private const int SuppressNotifications = 1 << 12;

    private static readonly string[] Listed = ["users", "roles"];

    /// <summary>Refuses a malformed message with 50035; with nothing in it, 50006.</summary>
    /// <param name="files">Uploaded together with it.</param>
    /// <param name="allowedFlags">Flags that may be set on this route.</param>
    public static void Check(JsonObject body, int files, int allowedFlags = SuppressEmbeds | SuppressNotifications | ComponentsV2, string at = "")
    {
        var errors = new FormErrors();
        CheckInto(errors, body, allowedFlags, at);
        errors.Throw();
        if (IsEmpty(body) && files == 0)
        {
            throw DiscordError.EmptyMessage();
        }
    }

    /// <summary>Refuses a malformed change; what it does not name stays.</summary>
    public static void CheckEdit(JsonObject body)
    {
        var errors = new FormErrors();
        CheckInto(errors, body, SuppressEmbeds | ComponentsV2, "");
        errors.Throw();
    }

    /// <summary>Discord trims text before it counts and keeps it.</summary>
    public static string Trimmed(string? text) => text?.Trim() ?? "";

    public static int Length(string text) => Trimmed(text).EnumerateRunes().Count();

    public static bool IsEmpty(JsonNode message) =>
        Trimmed(message.Text("content")).Length == 0 && IsEmptyList(message.List("embeds")) && IsEmptyList(message.List("components"))
        && IsEmptyList(message.List("sticker_ids")) && IsEmptyList(message.List("attachments"));

    private static bool IsEmptyList(JsonArray? list) => list is null or { Count: 0 };

    private static void CheckInto(FormErrors errors, JsonObject body, int allowedFlags, string at)
    {
        CheckContent(errors, body, at);
        CheckFlags(errors, body, allowedFlags, at);
        CheckNonce(errors, body, at);
        CheckAllowedMentions(errors, body, at);
        EmbedRules.Check(errors, body, at + "embeds");
        ComponentRules.Check(errors, body, at + "components");
        if (body.List("attachments") is { Count: > 10 })
        {
            errors.Add(at + "attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
        }
    }

    private static void CheckContent(FormErrors errors, JsonObject body, string at)
    {
        if (body.Member("content") is { } content && content.AsText() is not { })
        {
            errors.Add(at + "content", "STRING_TYPE_CONVERT", "Could not interpret as string.");
        }
        else if (Length(body.Text("content") ?? "") > 2000)
        {
            errors.TooLong(at + "content", 2000);
        }
    }

    private static void CheckFlags(FormErrors errors, JsonObject body, int allowed, string at)
    {
        var flags = body.Integer("flags") ?? 0;
        if ((flags & ~allowed) != 0)
        {
            errors.Add(at + "flags", "MESSAGE_FLAGS_INVALID", "Some of these flags cannot be set here.");
        }

        if ((flags & ComponentsV2) != 0 && (body.Text("content") is { Length: > 0 } || body.List("embeds") is { Count: > 0 }))
        {
            errors.Add(at + "flags", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "The 'content' and 'embeds' fields cannot be used when using MessageFlags.IS_COMPONENTS_V2");
        }
    }

    private static void CheckNonce(FormErrors errors, JsonObject body, string at)
    {
        if (body.Text("nonce") is { Length: > 25 })
        {
            errors.Add(at + "nonce", "NONCE_TYPE_TOO_LONG", "Nonce must be 25 or fewer in length.");
        }

        if (body.Flag("enforce_nonce") == true && body.Member("nonce") is null)
        {
            errors.Required(at + "nonce");
        }
    }

    private static void CheckAllowedMentions(FormErrors errors, JsonObject body, string at)
    {
        if (body.Map("allowed_mentions") is not { } allowed)
        {
            return;
        }

        var parse = (allowed.List("parse") ?? []).Select(item => item.AsText()).ToList();
        foreach (var (index, kind) in parse.Index().Where(item => item.Item is not ("users" or "roles" or "everyone")))
        {
            errors.BadChoice($"{at}allowed_mentions.parse.{index}", $"'roles', 'users', 'everyone' (not {kind})");
        }

        foreach (var kind in Listed.Where(kind => allowed.List(kind) is { Count: > 0 }))
        {
            if (parse.Contains(kind))
            {
                errors.Add(at + "allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", $"parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            }

            if (allowed.List(kind)!.Count > 100)
            {
                errors.TooLong($"{at}allowed_mentions.{kind}", 100);
            }
        }
    }
}
