using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds.Formats;

/// <summary>The dates of one item, by how much each says about its first publication. A date that cannot be read is as good as none.</summary>
internal sealed class XmlDates
{
    private DateTimeOffset? _published;
    private DateTimeOffset? _issued;
    private DateTimeOffset? _created;
    private DateTimeOffset? _other;

    public DateTimeOffset? Published => _published ?? _issued ?? _created ?? _other;

    public DateTimeOffset? Updated { get; private set; }

    public void Take(MarkupElement child)
    {
        switch (child.Name)
        {
            case "pubdate" or "published":
                _published ??= Read(child.Text);
                break;
            case "issued" or "available":
                _issued ??= Read(child.Text);
                break;
            case "created":
                _created ??= Read(child.Text);
                break;
            case "updated" or "modified" or "lastbuilddate":
                Update(child.Text);
                break;
            case "date":
                Other(child.Text);
                break;
        }
    }

    public void Update(string? text) => Updated ??= Read(text);

    public void Other(string text) => _other ??= Read(text);

    private static DateTimeOffset? Read(string? text) => FeedDates.TryParse(text, out var time) ? time : null;
}
