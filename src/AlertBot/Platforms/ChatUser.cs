namespace AlertBot.Platforms;

/// <summary>Whoever typed a command. The platform vouches for the id and for the moderator role.</summary>
internal sealed record ChatUser(string Id, string Name, bool IsModerator);
