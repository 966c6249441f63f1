using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Rules;

/// <summary>Whom a message notifies: what its text names, as far as allowed_mentions lets it.</summary>
internal static partial class Mentions
{
    /// <summary>Writes mentions, mention_roles and mention_everyone anew, as a create and an edit do.</summary>
    /// <param name="allowed">The allowed_mentions of this request; without them everything that the text names is notified.</param>
    public static void Write(DiscordWorld world, DiscordChannel channel, JsonObject message, JsonObject? allowed)
    {
        var content = message.Text("content") ?? "";
        var users = UserMention().Matches(content).Select(match => match.Groups[1].Value).Distinct().Where(id => Allows("users", id));
        var roles = RoleMention().Matches(content).Select(match => match.Groups[1].Value).Distinct().Where(id => Allows("roles", id));
        message["mentions"] = DiscordWorld.Array(users.Select(world.User).OfType<DiscordUser>().Select(user => user.Json()));
        message["mention_roles"] = DiscordWorld.Array(roles.Select(id => JsonValue.Create(id)));
        message["mention_everyone"] = EveryoneMention().IsMatch(content) && (allowed is null || Parses("everyone"))
            && world.PermissionsIn(channel).HasFlag(DiscordPermissions.MentionEveryone);

        bool Allows(string kind, string id) => allowed is null || Parses(kind) || (allowed.List(kind) ?? []).Any(item => item.AsText() == id);

        bool Parses(string kind) => (allowed.List("parse") ?? []).Any(item => item.AsText() == kind);
    }

    [GeneratedRegex(@"<@!?(\d+)>")]
    private static partial Regex UserMention();

    [GeneratedRegex(@"<@&(\d+)>")]
    private static partial Regex RoleMention();

    // A zero-width character after the @ keeps it from being a mention.
    [GeneratedRegex("@(everyone|here)")]
    private static partial Regex EveryoneMention();
}
