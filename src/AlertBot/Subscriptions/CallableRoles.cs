using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>The roles that follows may call: never everybody.</summary>
internal sealed class CallableRoles(IEnumerable<IChatPlatform> platforms)
{
    public const string HowToWrite = "Name a role, or on Slack a user group. Everybody in the channel can't be called.";

    /// <param name="role">What may be the platform's id of a role.</param>
    /// <param name="community">As in <see cref="CommandInvocation.Community"/>. On Discord everybody is a role, too, which has the number of the server.</param>
    public bool Has(ChannelAddress channel, string role, string? community) =>
        $"{channel.Platform}:{role}" != community && platforms.FirstOrDefault(p => p.Name == channel.Platform)?.IsRole(role) != false;
}
