namespace AlertBot.Tests.Support;

/// <summary>A platform with the whole bot on it, as people use it: by typing, pressing and filling in.</summary>
internal abstract class ChatBench : IAsyncDisposable
{
    private const string FeedPath = "/feed";

    public abstract BotHarness Bot { get; }

    /// <summary>The channel in which people type unless they say otherwise.</summary>
    public abstract string Channel { get; }

    public abstract string OtherChannel { get; }

    /// <summary>Answers can be hidden from everybody but the one who asked.</summary>
    public abstract bool HidesAnswers { get; }

    /// <summary>A page that is turned takes the place of the one before.</summary>
    public abstract bool ReplacesMessages { get; }

    /// <summary>A channel as people write it in a line.</summary>
    public abstract string Written(string channel);

    /// <summary>Types a line and waits for the answer.</summary>
    /// <param name="line">As on the local platform: <c>/follow north-korea</c>.</param>
    public abstract Task<ChatAnswer> TypeAsync(string line, bool isModerator = true, string? channel = null);

    /// <summary>Runs a command with a file, the way that people hand one over on this platform.</summary>
    public abstract Task<ChatAnswer> GiveAsync(string command, string option, string name, byte[] file, bool isModerator = true);

    /// <summary>The files that the bot handed to whoever asked: name and bytes, oldest first.</summary>
    public abstract Task<IReadOnlyList<(string Name, byte[] Bytes)>> FilesAsync();

    /// <summary>Presses a button or takes a choice by the beginning of its label.</summary>
    public abstract Task<ChatAnswer> PressAsync(ChatAnswer on, string label, bool isModerator = true);

    /// <summary>Sends a form in; fields that are not named stay as they stand in it.</summary>
    public abstract Task<ChatAnswer> SubmitAsync(ChatAnswer form, params (string Option, string Value)[] fields);

    /// <summary>What stands in a channel from the bot, answers that only one person sees among it, oldest first.</summary>
    public abstract Task<IReadOnlyList<ChatAnswer>> ShownAsync(string? channel = null);

    /// <summary>What stands in the thread under a message, or answers it where there are no threads.</summary>
    public abstract Task<IReadOnlyList<ChatAnswer>> UnderAsync(ChatAnswer message);

    /// <summary>What in a message's text is live: mentions, links and markup, however they came there.</summary>
    public abstract IEnumerable<string> LiveParts(ChatAnswer message);

    /// <summary>A role or user group that the bot may call.</summary>
    public abstract string NewRole();

    /// <summary>Whom messages of the channel have called, oldest first, as they were posted.</summary>
    public abstract Task<IReadOnlyList<string>> CalledAsync();

    public abstract Task RestartAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>A feed that has been read once, so that what comes from now on is news.</summary>
    public async Task AddFeedAsync(params RssItem[] items)
    {
        await Bot.AddFeedAsync(FeedPath, Rss.Feed(items));
        await Bot.TurnAsync();
    }

    /// <summary>The feed brings these stories, and the bot polls it and sends what there is to send.</summary>
    public async Task NewsAsync(params RssItem[] items)
    {
        Bot.Site.Serve(FeedPath, Rss.Feed(items));
        await Bot.TurnAsync();
    }

    public async Task FailAsync()
    {
        Bot.Site.Answer(FeedPath, 500);
        await Bot.TurnAsync();
    }

    public async Task<IReadOnlyList<ChatAnswer>> AlertsAsync(string? channel = null) =>
        [.. (await ShownAsync(channel)).Where(m => m.Text.Contains("because this channel follows", StringComparison.Ordinal))];

    public async Task<IReadOnlyList<string>> AlertTitlesAsync(string? channel = null) => [.. (await AlertsAsync(channel)).Select(a => a.Title)];
}
