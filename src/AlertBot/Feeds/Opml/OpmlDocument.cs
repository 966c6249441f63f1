namespace AlertBot.Feeds.Opml;

/// <summary>What was read of an OPML file: the feeds that can be used, once each, and why others can't.</summary>
/// <param name="Title">Of the whole list, if it has one.</param>
/// <param name="Repeated">How many more times feeds were listed that are in <paramref name="Feeds"/>.</param>
internal sealed record OpmlDocument(string? Title, IReadOnlyList<OpmlFeed> Feeds, IReadOnlyList<OpmlFault> Faults, int Repeated);

/// <param name="Address">Where it is fetched, in its normal form.</param>
/// <param name="Title">What the list calls it; null where it says nothing.</param>
/// <param name="Labels">The folders that it lies in, outermost first, and its categories.</param>
/// <param name="Line">Where it stands; 0 where it was never in a file.</param>
internal sealed record OpmlFeed(Uri Address, string? Title, IReadOnlyList<string> Labels, int Line)
{
    /// <summary>The page of the site.</summary>
    public Uri? Site { get; init; }
}

/// <summary>An outline that can't be used, in words for a person.</summary>
/// <param name="Line">Counts from 1.</param>
internal sealed record OpmlFault(int Line, string Why);
