namespace AlertBot.Platforms;

/// <summary>Called before a command runs: what it answers from is as it is by then, whichever process changed it.</summary>
internal delegate Task CommandOpening(CancellationToken cancellationToken);
