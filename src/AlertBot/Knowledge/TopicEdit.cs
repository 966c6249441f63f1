using System.Text.Json;
using System.Text.Json.Serialization;
using AlertBot.Storage;

namespace AlertBot.Knowledge;

/// <summary>One change of a topic by a moderator: what it was and became.</summary>
/// <param name="From">Null where it was added.</param>
/// <param name="To">Null where it was removed.</param>
internal sealed record TopicEdit(string Slug, Topic? From, Topic? To)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
    };

    public static TopicEdit Of(StoredChange change) => new(change.Change.Subject, Parse(change.Change.From), Parse(change.Change.To));

    public static string? Write(Topic? topic) => topic is null ? null : JsonSerializer.Serialize(topic, Json);

    private static Topic? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<Topic>(json, Json);
}

/// <summary>What became of an edit: a closed set.</summary>
internal abstract record TopicEditResult
{
    private TopicEditResult()
    {
    }

    /// <summary>It holds from now on.</summary>
    /// <param name="From">The topic as it was; null if there was none.</param>
    /// <param name="To">The topic as it is now; null if there is none any more.</param>
    /// <param name="Number">Of the change, by which it can be taken back.</param>
    public sealed record Done(Topic? From, Topic? To, long Number) : TopicEditResult;

    /// <summary>Nothing was changed, for these reasons.</summary>
    public sealed record Refused(IReadOnlyList<string> Why) : TopicEditResult;
}
