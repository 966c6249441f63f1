namespace AlertBot.Stories.Events;

/// <summary>One story as the finder of events reads it.</summary>
/// <param name="Id">Whatever names it to the caller; an event bears the id of its first story.</param>
/// <param name="Published">Weekdays in the text are reckoned from it; without it they are only names.</param>
/// <param name="Outlet">Who brought it, so that outlets can be counted; null where that is not known.</param>
internal sealed record EventStory(string Id, string Title, string Body, DateTimeOffset? Published, string? Outlet);
