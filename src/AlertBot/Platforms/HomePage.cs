namespace AlertBot.Platforms;

/// <summary>
/// What a person sees of the bot on a page of their own, where the platform has one: cards from top to bottom. Their buttons
/// name the channel that they act on, since the page belongs to none.
/// </summary>
/// <param name="visitor">Who looks; its channel is the person's direct messages, its community the one that the page belongs to.</param>
internal delegate Task<IReadOnlyList<Card>> HomePage(CommandInvocation visitor, CancellationToken cancellationToken);
