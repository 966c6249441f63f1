using System.Globalization;
using System.Text.Json;

namespace AlertBot.Storage;

/// <param name="Kind">What kind of thing: <c>actor</c>, <c>topic</c>, <c>feed</c>.</param>
/// <param name="Subject">Which one: a slug, the number of a feed.</param>
/// <param name="From">As it was, as a JSON object; null where there was none.</param>
/// <param name="To">As it became, as a JSON object; null where it was removed.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="By">The person's name, with the id.</param>
/// <param name="Channel">Where it was said, as a channel address's text; null where nobody knows.</param>
internal sealed record Change(string Kind, string Subject, string? From, string? To, string Summary, string By, string? Channel = null)
{
    /// <summary>The channel as people call it.</summary>
    public string? ChannelName { get; init; }

    /// <summary>The server or workspace of the channel.</summary>
    public string? Community { get; init; }

    /// <summary>The number of the change that this one took back, or put in force again.</summary>
    public long? Undoes { get; init; }

    /// <summary>Whether two changes of one thing are about the same of it: then the later one stands on the earlier.</summary>
    public bool Meets(Change other) => Parts(this) is not { } mine || Parts(other) is not { } theirs || mine.Overlaps(theirs);

    // Null: all of it, since it came or went.
    private static HashSet<string>? Parts(Change change) => change.From is null || change.To is null ? null : [.. NamesOf(change.From), .. NamesOf(change.To)];

    private static IEnumerable<string> NamesOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(p => p.Name)];
    }
}

/// <param name="UndoneBy">Null while it holds.</param>
internal sealed record StoredChange(long Id, Change Change, DateTimeOffset At, string? UndoneBy)
{
    public bool Stands => UndoneBy is null;

    /// <summary>The change in one line, for those who look for it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}: {Summary} (by {Change.By})");

    public string Summary => Change.Summary.Length > 0 ? Change.Summary : $"Edited {Change.Subject}";
}

/// <summary>Who makes a change, and where it is said.</summary>
/// <param name="By">The person's name, with the id.</param>
/// <param name="Channel">A channel address's text.</param>
/// <param name="ChannelName">The channel as people call it.</param>
/// <param name="Community">The server or workspace of the channel.</param>
internal sealed record Author(string By, string? Channel = null, string? ChannelName = null, string? Community = null)
{
    public Change Changed(string kind, string subject, string? from, string? to, string summary) =>
        new(kind, subject, from, to, summary, By, Channel) { ChannelName = ChannelName, Community = Community };

    public static implicit operator Author((string By, string Channel, string ChannelName, string? Community) said) =>
        new(said.By, said.Channel, said.ChannelName, said.Community);
}
