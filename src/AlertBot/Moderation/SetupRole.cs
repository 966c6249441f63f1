using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>
/// The step of /setup that chooses whose bearers moderate the bot. Only who moderates by the platform's own rules may
/// choose it, so that nobody hands on what was lent to him.
/// </summary>
internal sealed class SetupRole(CommunityStore communities, ModeratorRoles roles)
{
    public Task<Card> AskAsync(CommandInvocation invocation)
    {
        if (Fault(invocation) is { } fault)
        {
            return Task.FromResult(fault);
        }

        var present = roles.Find(invocation.Community!);
        return Task.FromResult(Card.Answer(
            present is null ? "No moderator role is chosen" : $"Bearers of the role {present} moderate the bot",
            new CardBlock.Paragraph($"Type /setup {SetupCommand.Role}: and choose {(present is null ? "the role" : "another")}. Its bearers may then tend feeds and run whatever else is for moderators.")) with
        {
            Actions = present is null ? [SetupCommand.Back] : [SetupCommand.To("no-role", "Take it away"), SetupCommand.Back],
        });
    }

    /// <param name="role">Null takes it away.</param>
    public async Task<Card> SetAsync(CommandInvocation invocation, string? role, CancellationToken cancellationToken)
    {
        if (Fault(invocation) is { } fault)
        {
            return fault;
        }

        var (community, present) = (invocation.Community!, roles.Find(invocation.Community!));
        if (present != role)
        {
            await communities.SetModeratorRoleAsync(community, role, invocation, cancellationToken);
        }

        var (title, consequence) = (present == role, role) switch
        {
            (true, null) => ("There is no moderator role", "Nothing was changed."),
            (true, _) => ($"The role {role} moderates the bot already", "Nothing was changed."),
            (false, null) => ("The moderator role was taken away", $"Bearers of the role {present} no longer moderate the bot. Those who manage the server still do."),
            (false, _) => ($"Bearers of the role {role} now moderate the bot", $"They may tend feeds and run whatever else is for moderators{(present is null ? "" : $", in place of those of the role {present}")}. /setup {SetupCommand.Step}:no-role takes it away."),
        };
        return Card.Answer(title, new CardBlock.Paragraph(consequence)) with { Actions = [SetupCommand.Back] };
    }

    private static Card? Fault(CommandInvocation invocation) => invocation switch
    {
        { Community: null } => Card.Problem(
            "There are no roles here",
            new CardBlock.Paragraph("A moderator role belongs to a server or a workspace. Run /setup in one of its channels.")) with
        { Actions = [SetupCommand.Back] },
        { User.IsModerator: false } => Card.Problem(
            "Only those who manage the server choose the moderator role",
            new CardBlock.Paragraph("You moderate the bot by that role. Ask somebody who manages the server.")) with
        { Actions = [SetupCommand.Back] },
        _ => null,
    };
}
