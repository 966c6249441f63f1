namespace AlertBot.Platforms.Discord.Interactions;

/// <summary>Says from an interaction why the bot may not post somewhere for this person, and what to do about it.</summary>
internal static class PostingRights
{
    /// <returns>Null if it may.</returns>
    public static string? Fault(Interaction interaction, ChannelAddress target)
    {
        if (DiscordAddress.Parse(target.Channel) is not { } address)
        {
            return "That is no channel of Discord. Choose one from the list.";
        }

        if (!interaction.IsInstalledHere)
        {
            return "AlertBot is not a member of this server; you brought it along yourself. Ask somebody who manages the server to add it, or follow in a direct message with the bot.";
        }

        return address.Id == interaction.ChannelId ? FaultHere(interaction) : FaultThere(interaction, address.Id);
    }

    private static string? FaultHere(Interaction interaction)
    {
        const int PrivateChannel = 2;
        if (interaction.Context == PrivateChannel || interaction.Channel?.Type == ChannelType.GroupDirect)
        {
            return "The bot can't write in this conversation on its own. Follow in a direct message with the bot, or in a channel of a server.";
        }

        return interaction.GuildId is null ? null : FaultOf(interaction.AppPermissions, interaction.Channel?.Type ?? ChannelType.Text);
    }

    private static string? FaultThere(Interaction interaction, string channel)
    {
        if (interaction.Data?.Resolved?.Channels?.GetValueOrDefault(channel) is not { } named)
        {
            return "Name a channel of this server.";
        }

        if (!ChannelType.TakesMessages(named.Type))
        {
            return "That channel takes no messages. Choose a text channel, a thread or a forum.";
        }

        var own = Permissions.Missing(Permissions.Parse(named.Permissions) ?? Permission.None, Permission.ViewChannel | Permission.SendMessages);
        return own == Permission.None
            ? FaultOf(named.AppPermissions, named.Type)
            : "You can't write in that channel yourself, so you can't have the bot write there. Ask somebody who can.";
    }

    // An older server tells nothing about the bot's rights: then the first message will.
    private static string? FaultOf(string? permissions, int type) => Permissions.Parse(permissions) is { } has
        && Permissions.Missing(has, Permissions.NeededIn(type)) is var missing and not Permission.None
            ? $"The bot can't post there. {Permissions.HowToGive(missing)}"
            : null;
}
