using AlertBot.Feeds;
using AlertBot.Feeds.Articles;
using AlertBot.Stories;

namespace AlertBot.Polling;

/// <summary>
/// Puts the articles themselves in the place of teasers, for feeds whose moderators said so. Only what is new is read; what was read
/// stays when the publisher edits the teaser.
/// </summary>
internal sealed class FullTexts(ArticleReader articles, StoryStore stories)
{
    public async Task<IReadOnlyList<Admission>> FillAsync(Feed feed, IReadOnlyList<Admission> admissions, CancellationToken cancellationToken)
    {
        // What a baseline brings alerts nobody: its articles are left alone.
        if (!feed.FullText || feed.BaselineAt is null)
        {
            return admissions;
        }

        var texts = await articles.ReadAsync(feed, admissions.OfType<Admission.New>().Select(a => a.Entry.Entry), cancellationToken);
        var filled = new List<Admission>(admissions.Count);
        foreach (var admission in admissions)
        {
            filled.Add(admission switch
            {
                Admission.New added when texts.GetValueOrDefault(added.Entry.Entry) is { } text => added with { Story = added.Story with { Body = text } },
                Admission.Changed changed when changed.Story.Body.Length <= ArticleReader.LongestTeaser => await KeptAsync(changed, cancellationToken),
                _ => admission,
            });
        }

        return filled;
    }

    private async Task<Admission> KeptAsync(Admission.Changed changed, CancellationToken cancellationToken) =>
        await stories.FindAsync(changed.Story.Id, cancellationToken) is { } story && story.Body.Length > changed.Story.Body.Length
            ? changed with { Story = changed.Story with { Body = story.Body } }
            : changed;
}
