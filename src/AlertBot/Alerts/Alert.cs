using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Subscriptions;

namespace AlertBot.Alerts;

internal readonly record struct AlertId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A story that a channel is to see: at most one for a story and a channel, however many follows match.</summary>
/// <param name="Reasons">The follows that matched, oldest first; never empty.</param>
internal sealed record Alert(StoryId Story, ChannelAddress Channel, IReadOnlyList<AlertReason> Reasons)
{
    /// <summary>All tags of the story, by which its hurry is judged; known only when it is planned.</summary>
    public IReadOnlyList<TagName> Tags { get; init; } = [];

    /// <summary>When the follows that matched want to be told; null: when the channel wants.</summary>
    public IReadOnlyList<DigestRhythm?> Rhythms { get; init; } = [null];

    /// <summary>The platform's ids of the roles that the follows call.</summary>
    public IReadOnlyList<string> Pings { get; init; } = [];
}

/// <summary>Why a story goes to a channel.</summary>
/// <param name="Follow">The follow as it stands in /following.</param>
/// <param name="Tags">What the story has of it, each with the words that it rests on.</param>
internal sealed record AlertReason(string Follow, IReadOnlyList<AlertTag> Tags);

/// <param name="Name">The tag, as it is written in a follow.</param>
/// <param name="Matched">The characters of the story that led to it.</param>
/// <param name="Rule">Why they count.</param>
/// <param name="Sentence">Where they stand.</param>
internal sealed record AlertTag(string Name, string Matched, string Rule, string Sentence);
