namespace AlertBot.Feeds;

/// <summary>What is asked of a site, beside the address.</summary>
internal sealed record FetchRequest(Uri Address)
{
    public const string Feeds =
        "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";

    /// <summary>Validators of the last answer; null asks for the whole document.</summary>
    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    public string Accept { get; init; } = Feeds;

    /// <summary>What only the feed's own site is told; null for nothing.</summary>
    public SecretHeaders? Secrets { get; init; }

    /// <summary>The largest document in bytes, on the wire and unpacked; null: that of the settings.</summary>
    public int? MaxBytes { get; init; }
}
