namespace AlertBot.Feeds.Health;

/// <summary>
/// What a feed can suffer from: how long and how often it must be seen before it counts as lasting, and what a moderator can do
/// about it.
/// </summary>
/// <param name="Name">As it is stored.</param>
/// <param name="Tries">Failed polls in a row, at least.</param>
internal sealed record Ailment(string Name, TimeSpan Patience, int Tries, string Advice)
{
    private static readonly TimeSpan SomeHours = TimeSpan.FromHours(4);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>It is read well, and brings nothing.</summary>
    public static readonly Ailment Empty = new(nameof(Empty), Day, 0, "Open it in a browser: where it is empty there too, the publisher may have moved to another feed.") { StillReads = true };

    /// <inheritdoc cref="Empty"/>
    public static readonly Ailment Silent = new(nameof(Silent), TimeSpan.FromDays(3), 0, "Look whether the site has new items that the feed lacks: it may have moved to another feed, or rests.") { StillReads = true };

    private static readonly Dictionary<FetchFault, Ailment> OfFaults = new Ailment[]
    {
        new(nameof(FetchFault.Dns), SomeHours, 3, "Look whether the site has another name now, and give the new address with /feed set; else remove the feed."),
        new(nameof(FetchFault.Tls), SomeHours, 3, "Open it in a browser. Where the certificate has run out, only the site can renew it; where the browser is content, ask whoever runs the bot."),
        new(nameof(FetchFault.Connection), Day, 3, "The site or its network is down. Wait, or look whether it has moved."),
        new(nameof(FetchFault.Slow), Day, 3, "The site is overloaded, or the feed is very large. Wait, poll it more rarely with /feed set, or take a smaller feed of the same site."),
        new(nameof(FetchFault.Refused), SomeHours, 3, "The site does not want the bot. Poll it more rarely with /feed set, ask the site to let the bot in, or take another feed of the same outlet."),
        new(nameof(FetchFault.Challenge), SomeHours, 3, "The site wants a browser that solves its riddle, which no bot does. Ask the site to let its feed out, or take another feed of the same outlet."),
        new(nameof(FetchFault.Login), SomeHours, 2, "Give the feed its login with /feed login, or remove it."),
        new(nameof(FetchFault.Missing), SomeHours, 3, "The feed has moved or was given up. /feed test with the site's address finds the feeds that it has now; give the new address with /feed set."),
        new(nameof(FetchFault.Site), Day, 3, "The site has to mend that. Wait, or tell the site."),
        new(nameof(FetchFault.TooLarge), SomeHours, 3, "Take a smaller feed of the same site, or have whoever runs the bot raise Feeds:MaxBytes."),
        new(nameof(FetchFault.NotAFeed), SomeHours, 3, "/feed test with the site's address finds the feeds that it has now; give the new address with /feed set."),
        new(nameof(FetchFault.PrivateNetwork), SomeHours, 2, "The bot fetches nothing from private networks. Where the feed is yours, whoever runs the bot can allow it in Feeds:AllowedPrivateEndpoints."),
        new(nameof(FetchFault.Redirects), SomeHours, 3, "Open it in a browser, and give the address where it ends with /feed set."),
        new(nameof(FetchFault.Broken), Day, 3, "The site breaks its answers off. Wait, or tell the site."),
        new(nameof(FetchFault.Pause), TimeSpan.FromDays(2), 0, "The site asks for one pause after another. Poll it more rarely with /feed set."),
        new(nameof(FetchFault.Ended), TimeSpan.Zero, 0, "It will not come back. Remove it, or look for its successor with /feed test and the site's address."),
        new(nameof(FetchFault.Own), SomeHours, 3, "That is a fault of the bot. Tell whoever runs it, with the feed's address; the log has the details."),
    }.ToDictionary(a => Enum.Parse<FetchFault>(a.Name));

    /// <summary>The feed can be read all the same.</summary>
    public bool StillReads { get; private init; }

    /// <summary>The site's own address may lead to what became of the feed.</summary>
    public bool WantsSite => Name is nameof(FetchFault.Missing) or nameof(FetchFault.NotAFeed) or nameof(FetchFault.Ended);

    public static Ailment Of(FetchFault fault) => OfFaults[fault];
}
