using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed import: adds all feeds of a file, OPML or YAML, after it has shown which those are.</summary>
internal sealed class FeedImportCommand(FeedImporter importer, ImportFile file, ImportDrafts drafts) : IChatCommand
{
    private const int MostShown = 10;

    public CommandDescription Description { get; } = new(
        "feed import",
        "Add the feeds of an OPML or YAML file; shows first what would come",
        new CommandOption(ImportFile.Option, "The file, or its https:// address", OptionKind.File),
        ImportCards.Apply)
    {
        ModeratorsOnly = true,
        Changes = true,
        MessageMenu = "Import these feeds",
        Example = "feed import https://example.org/feeds.opml",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (ImportCards.DraftOf(invocation) is { } draft)
        {
            return await ApplyAsync(draft, invocation, cancellationToken);
        }

        return string.IsNullOrWhiteSpace(invocation.Find(ImportFile.Option)) ? Ask() : await ShowAsync(invocation, cancellationToken);
    }

    private static Card Ask() => Card.Answer(
        "Import feeds",
        new CardBlock.Paragraph("Give the OPML file that another reader exported, or a YAML file with “feeds:”. You see first what would be added.")) with
    {
        Form = new CardForm("Import feeds", "/feed import", [ImportCards.FileField("OPML or YAML file")]),
    };

    private async Task<Card> ShowAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (text, unread) = await file.ReadAsync(invocation, cancellationToken);
        var (listing, why) = text is null ? (null, unread) : FeedListing.Read(text);
        if (listing is null)
        {
            return ImportCards.Unreadable(why);
        }

        var plan = await importer.PlanAsync(listing, cancellationToken);
        return plan.Moves.Count == 0
            ? Card.Answer("There is nothing to add", [.. Differences(plan), new CardBlock.Paragraph("Nothing was changed.")])
            : Shown(plan, await drafts.AddAsync(FeedImporter.KindOfChange, text!, "", plan.Digest, invocation, cancellationToken));
    }

    private static Card Shown(FeedImportPlan plan, long draft) =>
        Card.Answer(
            $"Add {Feeds(plan.Moves.Count)}?",
            [.. Differences(plan), new CardBlock.Paragraph("Nothing is changed yet. What new feeds have now would go to the archive without alerts; their first polls are spread over some minutes.")]) with
        {
            Actions = [new CardAction($"Add {Feeds(plan.Moves.Count)}", $"/feed import {ImportCards.Apply.Name}:{Count(draft)}") { Replaces = true }],
        };

    private async Task<Card> ApplyAsync(long number, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await drafts.FindAsync(FeedImporter.KindOfChange, number, invocation, cancellationToken) is not { } draft)
        {
            return ImportCards.NotThere;
        }

        var plan = await importer.PlanAsync(FeedListing.Read(draft.Content).Listing!, cancellationToken);
        if (plan.Digest != draft.Digest && !draft.IsApplied)
        {
            return await ChangedSinceAsync(draft, plan, invocation, cancellationToken);
        }

        try
        {
            return (draft.IsApplied ? null : await importer.ApplyAsync(plan, draft, invocation, cancellationToken)) is { } done
                ? Done(done)
                : Card.Answer("It is done already", new CardBlock.Paragraph("Somebody said yes before you. /feed list shows the feeds.")) with { Actions = [new CardAction("All feeds", "/feed list")] };
        }
        catch (ImportOvertakenException)
        {
            return await ChangedSinceAsync(draft, await importer.PlanAsync(plan.Listing, cancellationToken), invocation, cancellationToken);
        }
    }

    private async Task<Card> ChangedSinceAsync(ImportDraft draft, FeedImportPlan plan, CommandInvocation invocation, CancellationToken cancellationToken) =>
        plan.Moves.Count == 0
            ? Card.Answer("There is nothing left to add", [.. Differences(plan), new CardBlock.Paragraph("Somebody added them meanwhile. Nothing was changed.")])
            : Shown(plan, await drafts.AddAsync(FeedImporter.KindOfChange, draft.Content, "", plan.Digest, invocation, cancellationToken)) with
            { Title = $"The feeds were changed meanwhile. Add {Feeds(plan.Moves.Count)} now?" };

    private static Card Done(FeedImportDone done) => Card.Answer(
        $"Added {Feeds(done.Moves.Count)}",
        Rows("Added", done.Moves.Where(m => m.From is null).Select(m => m.To)),
        Rows("Brought back", done.Moves.Where(m => m.From is not null).Select(m => m.To)),
        new CardBlock.Paragraph("Their first polls are spread over some minutes. What they have now goes to the archive without alerts; new stories alert from then on.")) with
    {
        Actions = [UndoCommand.Of(done.Change), new CardAction("All feeds", "/feed list")],
    };

    private static IEnumerable<CardBlock> Differences(FeedImportPlan plan)
    {
        yield return Rows("New", plan.Moves.Where(m => m.From is null).Select(m => m.To));
        yield return Rows("Removed once, brought back", plan.Moves.Where(m => m.From is not null).Select(m => m.To));
        yield return Rows("There already, left as they are", plan.There);
        var faults = plan.Listing.Faults;
        yield return new CardBlock.Items(
            faults.Count == 0 ? null : $"{Count(faults.Count)} can't be used",
            [.. faults.Take(MostShown).Select(f => new CardItem($"Line {Count(f.Line)}: {f.Why}")), .. ImportCards.More(faults.Count, MostShown)]);
        if (plan.Listing.Repeated > 0)
        {
            yield return new CardBlock.Paragraph($"{Count(plan.Listing.Repeated)} more are listed twice and count once.");
        }
    }

    private static CardBlock.Items Rows(string heading, IEnumerable<FeedSetting> feeds)
    {
        var all = feeds.ToList();
        return new CardBlock.Items($"{heading}: {Count(all.Count)}", [.. all.Take(MostShown).Select(f => new CardItem(f.Title ?? f.Address.Host, Detail: f.Address.AbsoluteUri)), .. ImportCards.More(all.Count, MostShown)]);
    }

    private static string Feeds(int count) => count == 1 ? "1 feed" : $"{Count(count)} feeds";

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}
