using System.Text.Json;
using AlertBot.Platforms.Discord.Gateway;
using AlertBot.Platforms.Discord.Interactions;

namespace AlertBot.Platforms.Discord;

/// <summary>Hands what the gateway brings to those who work on it. All other events are let go unread.</summary>
internal sealed class DiscordEvents(InteractionQueue interactions, GuildWelcome welcome)
{
    /// <summary>Returns at once; nothing of the event is kept but what is queued.</summary>
    public void Handle(GatewayEvent happened)
    {
        switch (happened.Name)
        {
            case "INTERACTION_CREATE" when JsonSerializer.Deserialize(happened.Data.Span, InteractionJson.Default.Interaction) is { } interaction:
                interactions.Add(interaction);
                break;
            case "GUILD_CREATE":
                welcome.Add(happened.Data);
                break;
        }
    }
}
