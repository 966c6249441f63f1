namespace AlertBot.Feeds;

/// <summary>Why a poll failed, by what a moderator can do about it.</summary>
internal enum FetchFault
{
    /// <summary>The name is not in the DNS.</summary>
    Dns,

    /// <summary>The certificate or the TLS of the site is not accepted.</summary>
    Tls,

    /// <summary>The site takes no connection.</summary>
    Connection,

    /// <summary>No complete answer within the time for one feed.</summary>
    Slow,

    /// <summary>403 and what else says that we are not wanted.</summary>
    Refused,

    /// <summary>The site's protection against robots stands before the feed.</summary>
    Challenge,

    /// <summary>401: it wants a login.</summary>
    Login,

    /// <summary>404: nothing is at this address.</summary>
    Missing,

    /// <summary>5xx: the site has a fault of its own.</summary>
    Site,

    /// <summary>Larger than the limit for a feed.</summary>
    TooLarge,

    /// <summary>What is there is something else than a feed.</summary>
    NotAFeed,

    /// <summary>The address may not be reached: it leads into a private network, or is none of a web site.</summary>
    PrivateNetwork,

    /// <summary>Redirected too often, or to what can't be used.</summary>
    Redirects,

    /// <summary>The answer broke off or was none.</summary>
    Broken,

    /// <summary>The site asked for a pause.</summary>
    Pause,

    /// <summary>410: the publisher ended the feed.</summary>
    Ended,

    /// <summary>A fault of the bot's own.</summary>
    Own,
}
