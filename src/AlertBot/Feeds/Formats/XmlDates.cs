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
                _published ??= Read(Text(child));
                break;
            case "issued" or "available":
                _issued ??= Read(Text(child));
                break;
            case "created":
                _created ??= Read(Text(child));
                break;
            case "updated" or "modified" or "lastbuilddate":
                Update(Text(child));
                break;
            case "date":
                Other(Text(child));
                break;
        }
    }

    public void Update(string? text) => Updated ??= Read(text);

    public void Other(string text) => _other ??= Read(text);

    private static string Text(MarkupElement date) => date.HasElements ? date.Beginning(FeedDates.Longest) : date.Text;

    private static DateTimeOffset? Read(string? text) => FeedDates.TryParse(text, out var time) ? time : null;
}
