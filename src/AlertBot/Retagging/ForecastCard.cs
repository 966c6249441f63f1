using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Tagging;

namespace AlertBot.Retagging;

/// <summary>What a change of what is known would do, in words, with the button that makes it.</summary>
internal static class ForecastCard
{
    /// <param name="change">What is to be changed.</param>
    /// <param name="next">What would be known then.</param>
    /// <param name="apply">The line that makes the change.</param>
    public static Card Ask(IReadOnlyList<CardBlock> change, RetagForecast forecast, KnowledgeSnapshot next, string apply) => Card.Answer(
        $"This would change {(forecast.Changed == 0 ? "no story" : Count(forecast.Changed, "story", "stories"))}{(forecast.LostAlerts > 0 ? $", {Count(forecast.LostAlerts, "past alert", "past alerts")}" : "")}",
        [
            .. change,
            new CardBlock.Paragraph(Reach(forecast)),
            new CardBlock.Items("For example", [.. forecast.Examples.Select(e => new CardItem(e.Story.Title, e.Story.Link, string.Join("; ", e.Changes.Select(c => Told(c, e.After, next))), e.Story.SortedAt))]),
            new CardBlock.Paragraph("Nothing is changed yet. Press Apply, or send the same line again with apply:yes in it."),
        ]) with
    {
        Actions = [new CardAction("Apply", apply) { Replaces = true }],
    };

    /// <summary>How much of the archive it reaches, in two or three sentences.</summary>
    public static string Reach(RetagForecast forecast)
    {
        var isWhole = forecast.Looked < RetagPreview.Newest;
        var all = isWhole ? $"all {forecast.Looked}" : $"the newest {forecast.Looked}";
        var older = isWhole ? "" : "older ones were not looked at and are tagged anew, too; ";
        var lost = forecast.LostAlerts == 0 ? "No past alert loses its reason." : $"{Count(forecast.LostAlerts, "past alert", "past alerts")} would not come with it; what was sent stays.";
        return forecast.Changed == 0 ? $"None of {all} stories changes." : $"{forecast.Changed} of {all} stories change; {older}nothing is posted for them. {lost}";
    }

    private static string Told(TagChange change, TaggedText after, KnowledgeSnapshot next)
    {
        var name = next.Now(change.Name) == change.Name ? next.NameOf(change.Name) : change.Name.Slug;
        return change switch
        {
            { Before: null, After: { } comes } => $"{name} comes{(comes.Salience == Salience.Main ? "" : ", in passing")}{(comes.Evidence is [var words, ..] ? $": “{words.Text}” ({words.Rule}) in: {words.Sentence}" : "")}",
            { Before: { } goes, After: null } => $"{name} goes{(goes.Evidence is [var words, ..] ? $": {WhatBecomesOf(words, change.Name.Kind, after, next)}" : "")}",
            { After.Salience: Salience.Main } => $"{name} is what it is about, no longer only in passing",
            _ => $"{name} is only in passing",
        };
    }

    private static string WhatBecomesOf(Evidence words, TagKind kind, TaggedText after, KnowledgeSnapshot next) =>
        after.Mentions.FirstOrDefault(m => kind == TagKind.Actor && m.Section == words.Section && m.Start == words.Start) switch
        {
            null => $"“{words.Text}” ({words.Rule}) counts no longer",
            { Slug: { } other } mention => $"“{mention.Text}” names {next.NameOf(new TagName(TagKind.Actor, other))} ({mention.Rule})",
            { } mention => $"“{mention.Text}” names nobody ({mention.Rule})",
        };

    private static string Count(int count, string one, string several) => $"{count} {(count == 1 ? one : several)}";
}
