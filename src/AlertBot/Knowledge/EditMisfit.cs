namespace AlertBot.Knowledge;

/// <summary>An edit of a moderator's that does nothing, since the knowledge files have changed under it.</summary>
internal sealed record EditMisfit(string Slug, string By, string Why);
