using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>What those who follow are told about their channel. A function of values.</summary>
internal static class TroubleCard
{
    private const int MaxStories = 5;

    /// <param name="why">The platform's words: what is missing and how to give it.</param>
    public static Card Of(TroubleKind kind, string channel, string why, IReadOnlyList<CardItem> stories)
    {
        var (title, heading, consequence) = kind switch
        {
            TroubleKind.Closed => (
                $"I can't post in {channel}", "Waiting",
                "Its alerts wait and are tried again now and then. Once this is mended, /follow in that channel sends them at once."),
            TroubleKind.Gone => (
                $"{channel} is gone", "Not shown",
                "Alerts that waited for it were dropped. Its follows are kept, but rest until somebody uses /follow there again."),
            _ => ($"{channel} refused an alert", "Not shown", "This alert was dropped; the others go on."),
        };
        return Card.Problem(
            title,
            [
                new CardBlock.Paragraph(why),
                .. stories.Count > 0 ? [new CardBlock.Items(heading, [.. stories.Take(MaxStories), .. More(stories.Count - MaxStories)])] : Array.Empty<CardBlock>(),
                new CardBlock.Paragraph(consequence),
            ]) with
        {
            Footer = "You get this because you set up follows there. It is told once.",
        };
    }

    public static Card Well(string channel) => Card.Answer($"Alerts are shown in {channel} again", new CardBlock.Paragraph("What was in the way is mended."));

    private static IEnumerable<CardItem> More(int count)
    {
        if (count > 0)
        {
            yield return new CardItem($"and {count} more");
        }
    }
}
