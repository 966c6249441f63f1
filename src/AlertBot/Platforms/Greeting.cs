namespace AlertBot.Platforms;

/// <summary>A card for a server or workspace that the bot has just joined.</summary>
internal delegate Card Greeting();
