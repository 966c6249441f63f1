using System.Collections.Concurrent;

namespace AlertBot.Platforms;

/// <summary>The role whose bearers moderate the bot in a community, beside those who moderate the community itself. In memory; its keeper fills it at start.</summary>
internal sealed class ModeratorRoles
{
    private readonly ConcurrentDictionary<string, string> _roles = new(StringComparer.Ordinal);

    /// <param name="community">As in <see cref="CommandInvocation.Community"/>.</param>
    /// <param name="role">The platform's id of the role; null takes it away.</param>
    public void Set(string community, string? role)
    {
        if (role is null)
        {
            _roles.TryRemove(community, out _);
        }
        else
        {
            _roles[community] = role;
        }
    }

    public string? Find(string community) => _roles.GetValueOrDefault(community);

    public bool Moderates(CommandInvocation invocation) =>
        invocation.User.IsModerator
        || (invocation.Community is { } community && Find(community) is { } role && invocation.User.Roles.Contains(role));
}
