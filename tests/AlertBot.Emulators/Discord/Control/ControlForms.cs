using System.Globalization;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Emulators.Discord.Interactions;
using AlertBot.Emulators.Faults;

namespace AlertBot.Emulators.Discord.Control;

/// <summary>Reads what the remote control is told.</summary>
internal static class ControlForms
{
    public static InteractionSpec Interaction(JsonObject form)
    {
        var spec = new InteractionSpec(Named<InteractionKind>(form.Text("kind")))
        {
            Name = form.Text("name") ?? "",
            Group = form.Text("group"),
            Subcommand = form.Text("subcommand"),
            Options = form.Map("options")?.Copy() ?? [],
            Focused = form.Text("focused"),
            CustomId = form.Text("custom_id") ?? "",
            MessageId = form.Text("message_id"),
            Values = Texts(form, "values"),
            Fields = (form.Map("fields") ?? []).ToDictionary(field => field.Key, field => field.Value.AsText() ?? ""),
            UserId = form.Text("user_id"),
            UserName = form.Text("user_name"),
            Roles = Texts(form, "roles"),
            Locale = form.Text("locale") ?? "en-US",
            ChannelId = form.Text("channel_id"),
            Direct = form.Flag("direct") == true,
            UserInstalled = form.Flag("user_installed") == true,
            Deadline = form.Number("deadline_ms") is { } deadline ? TimeSpan.FromMilliseconds(deadline) : null,
        };
        return Bits(form) is { } permissions ? spec with { Permissions = permissions } : spec;
    }

    public static DiscordChannelOptions Channel(JsonObject form)
    {
        var options = new DiscordChannelOptions
        {
            Id = form.Text("id"),
            Name = form.Text("name") ?? "news",
            ParentId = form.Text("parent_id"),
            Archived = form.Flag("archived") == true,
            Locked = form.Flag("locked") == true,
            BlockedWords = Texts(form, "blocked_words"),
            HarmfulLinks = Texts(form, "harmful_links"),
            SlowMode = TimeSpan.FromSeconds(form.Number("slow_mode") ?? 0),
            Tags = Texts(form, "tags"),
            TagRequired = form.Flag("tag_required") == true,
        };
        return Bits(form) is { } permissions ? options with { Permissions = permissions } : options;
    }

    public static RestFault RestFault(JsonObject form) => new()
    {
        Method = form.Text("method"),
        Path = form.Text("path") ?? "",
        Times = form.Integer("times") ?? (form.Has("rate") ? int.MaxValue : 1),
        Rate = form.Number("rate") ?? 1,
        Seed = form.Integer("seed") ?? 0,
        Status = form.Integer("status") ?? (form.Text("accept_then") == "status" ? 502 : null),
        Code = form.Integer("code") ?? 0,
        Message = form.Text("message"),
        RetryAfter = form.Number("retry_after") ?? 1,
        Scope = form.Text("scope") ?? "user",
        Drop = form.Flag("drop") == true || form.Text("accept_then") == "drop",
        AcceptFirst = form.Has("accept_then"),
        ExhaustedFor = form.Flag("exhausted") == true ? form.Number("reset_after") ?? 1 : null,
        Delay = TimeSpan.FromMilliseconds(form.Number("delay_ms") ?? 0),
        Body = form.Text("body") is { } body ? Named<SpoiledBody>(body) : SpoiledBody.None,
    };

    public static GatewayFault GatewayFault(JsonObject form) => new(Named<GatewayFaultKind>(form.Text("gateway")))
    {
        Resumable = form.Flag("resumable") == true,
        Code = form.Integer("code") ?? 4000,
        Forget = form.Flag("forget") == true,
        Last = form.Flag("last") == true,
        Times = form.Integer("times") ?? 1,
        Delay = TimeSpan.FromMilliseconds(form.Number("delay_ms") ?? 0),
    };

    public static DeliveryFlaw Flaw(string? name) => name is null ? DeliveryFlaw.None : Named<DeliveryFlaw>(name);

    /// <summary>Reads a name written small with underscores.</summary>
    private static T Named<T>(string? name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value) ? value : throw new FormatException($"{name} is none of {string.Join(", ", Enum.GetNames<T>())}.");

    private static List<string> Texts(JsonObject form, string key) => [.. (form.List(key) ?? []).Select(item => item.AsText()).OfType<string>()];

    private static DiscordPermissions? Bits(JsonObject form) =>
        form.Text("permissions") is { } bits ? (DiscordPermissions)long.Parse(bits, CultureInfo.InvariantCulture) : null;
}
