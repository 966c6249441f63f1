namespace AlertBot.Platforms.Discord.Interactions;

/// <summary>
/// Says why the bot may not post somewhere for the person of an interaction, and what to do about it. For the channel where
/// the interaction happened and for those chosen in its options Discord says who may do what; for any other it is asked.
/// </summary>
internal sealed class PostingRights(DiscordApi api)
{
    private const int PrivateChannel = 2;

    /// <returns>Null if it may.</returns>
    public async ValueTask<string?> FaultAsync(Interaction interaction, ChannelAddress target, CancellationToken cancellationToken)
    {
        if (target.Platform != DiscordPlatform.PlatformName || DiscordAddress.Parse(target.Channel) is not { Is: not DiscordAddress.Kind.Person } address)
        {
            return "That is no channel of Discord. Choose one from the list.";
        }

        if (!interaction.IsInstalledHere)
        {
            return "AlertBot is not a member of this server; you brought it along yourself. Ask somebody who manages the server to add it, or follow in a direct message with the bot.";
        }

        if (address.Id == interaction.ChannelId)
        {
            return FaultHere(interaction);
        }

        return interaction.Data?.Resolved?.Channels?.GetValueOrDefault(address.Id) is { } chosen
            ? FaultOf(chosen.Type, Permissions.Parse(chosen.Permissions) ?? Permission.None, Permissions.Parse(chosen.AppPermissions))
            : await FaultThereAsync(interaction, address.Id, cancellationToken);
    }

    private static string? FaultHere(Interaction interaction)
    {
        if (interaction.Context == PrivateChannel || interaction.Channel?.Type == ChannelType.GroupDirect)
        {
            return "The bot can't write in this conversation on its own. Follow in a direct message with the bot, or in a channel of a server.";
        }

        return interaction.GuildId is null ? null : FaultOfBot(interaction.Channel?.Type ?? ChannelType.Text, Permissions.Parse(interaction.AppPermissions));
    }

    // An address from a button may name any channel of the world.
    private async Task<string?> FaultThereAsync(Interaction interaction, string channel, CancellationToken cancellationToken) =>
        interaction.GuildId is { } guild && await api.RightsInAsync(channel, interaction.Member, cancellationToken) is { } rights && rights.Guild == guild
            ? FaultOf(rights.Type, rights.Other, rights.Bot)
            : "Name a channel of this server that the bot can see.";

    private static string? FaultOf(int type, Permission person, Permission? bot)
    {
        if (!ChannelType.TakesMessages(type))
        {
            return "That channel takes no messages. Choose a text channel, a thread or a forum.";
        }

        return Permissions.Missing(person, Permission.ViewChannel | Permission.SendMessages) == Permission.None
            ? FaultOfBot(type, bot)
            : "You can't write in that channel yourself, so you can't have the bot write there. Ask somebody who can.";
    }

    // An older server tells nothing about the bot's rights: then the first message will.
    private static string? FaultOfBot(int type, Permission? has) =>
        has is { } rights && Permissions.Missing(rights, Permissions.NeededIn(type)) is var missing and not Permission.None
            ? $"The bot can't post there. {Permissions.HowToGive(missing)}"
            : null;
}
