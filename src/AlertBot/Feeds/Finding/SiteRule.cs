namespace AlertBot.Feeds.Finding;

/// <summary>What is known of a site's feeds without asking it: a closed set.</summary>
internal abstract record SiteRule
{
    private SiteRule()
    {
    }

    /// <summary>The site has its feeds there, by a rule of its own.</summary>
    /// <param name="Addresses">Best first.</param>
    public sealed record Feeds(params IReadOnlyList<Uri> Addresses) : SiteRule
    {
        /// <summary>The rule is a guess from the address's form: where it fails the page is read like any other.</summary>
        public bool IsGuess { get; init; }
    }

    /// <summary>The page names its feed, and no other place does.</summary>
    /// <param name="Otherwise">What to do if it does not.</param>
    public sealed record Page(string Otherwise) : SiteRule;

    /// <summary>The site has no feeds.</summary>
    /// <param name="Why">In words for a moderator, with what to do.</param>
    public sealed record None(string Why) : SiteRule;
}
