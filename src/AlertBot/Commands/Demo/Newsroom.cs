using System.Text;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace AlertBot.Commands.Demo;

/// <summary>The bundled outlets and their stories, in the order in which they are published.</summary>
internal sealed class Newsroom
{
    public required IReadOnlyList<Outlet> Outlets { get; init; }

    public required IReadOnlyList<NewsroomStory> Stories { get; init; }

    /// <summary>How many stories stand in the feeds before the bot sees them first.</summary>
    public int Baseline => Stories.Count(s => s.Baseline);

    public static Newsroom Load()
    {
        var yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();
        using var reader = new StreamReader(Path.Combine(AppContext.BaseDirectory, "appsettings/demo/newsroom.yaml"), Encoding.UTF8);
        var file = yaml.Deserialize<NewsroomFile>(reader);
        return new Newsroom { Outlets = file.Outlets, Stories = file.Stories };
    }

    // Written to by the YAML reader.
    private sealed class NewsroomFile
    {
        public List<Outlet> Outlets { get; set; } = [];
        public List<NewsroomStory> Stories { get; set; } = [];
    }
}

/// <summary>An invented outlet with the format and the encoding that its feed is served in.</summary>
internal sealed class Outlet
{
    public string Id { get; set; } = "";
    public string Title { get; set; } = "";
    public string Home { get; set; } = "";
    public string Format { get; set; } = "";
    public string Encoding { get; set; } = "";
}

/// <summary>One publication. An edit is published again under the same guid.</summary>
internal sealed class NewsroomStory
{
    public string Outlet { get; set; } = "";
    public string Guid { get; set; } = "";
    public string Link { get; set; } = "";
    public string Title { get; set; } = "";
    public string Author { get; set; } = "";
    public DateTimeOffset Published { get; set; }
    public bool Baseline { get; set; }
    public string Html { get; set; } = "";
}
