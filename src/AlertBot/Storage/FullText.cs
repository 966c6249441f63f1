using System.Data.Common;

namespace AlertBot.Storage;

/// <summary>
/// The index of words in a database. It holds no text, only which words stand where; a document's number is its place in time, the newest
/// has the largest. Words come and are asked for in their folded form: lower-case letters and digits, with no accents.
/// </summary>
internal abstract class FullText
{
    /// <summary>How much more a word counts that stands in the title.</summary>
    protected const double TitleWeight = 5;

    /// <summary>Puts documents in the place of those with their numbers. Fastest with many at once.</summary>
    public abstract Task ReplaceAsync(DbTransaction transaction, IReadOnlyList<TextDocument> documents);

    /// <summary>Takes documents out. A number that is not there is no error.</summary>
    public abstract Task RemoveAsync(DbTransaction transaction, IReadOnlyList<long> documents);

    /// <summary>The numbers of documents that match, newest first.</summary>
    /// <param name="skip">How many of the newest are left out.</param>
    public abstract Task<IReadOnlyList<long>> NewestAsync(TextQuery query, int skip, int count, CancellationToken cancellationToken);

    /// <summary>The newest documents that match, at most so many, with how well they do; newest first.</summary>
    public abstract Task<TextHits> WeighAsync(TextQuery query, int most, CancellationToken cancellationToken);
}

/// <param name="Title">Folded words with spaces between.</param>
/// <param name="Body">The same.</param>
/// <param name="Marks">Numbers that stand for what else can be asked for.</param>
/// <param name="IsNew">It was not there before.</param>
internal sealed record TextDocument(long Doc, string Title, string Body, IReadOnlyList<ulong> Marks, bool IsNew);

/// <param name="Relevance">Above 0; comparable only with those of the same query.</param>
internal readonly record struct TextHit(long Doc, double Relevance);

/// <param name="IsCut">There are older ones that match, too, or may be.</param>
internal sealed record TextHits(IReadOnlyList<TextHit> Newest, bool IsCut);

/// <summary>One folded word, or several that stand side by side.</summary>
/// <param name="IsPrefix">The last word is only the beginning of one.</param>
internal sealed record TextPhrase(IReadOnlyList<string> Words, bool IsPrefix = false);

/// <summary>What is looked for: of each group at least one phrase, none of the excluded ones, and of each group of marks at least one.</summary>
/// <param name="Needed">At least one group, none of them empty.</param>
internal sealed record TextQuery(IReadOnlyList<IReadOnlyList<TextPhrase>> Needed, IReadOnlyList<TextPhrase> Excluded)
{
    public IReadOnlyList<IReadOnlyList<ulong>> Marks { get; init; } = [];

    /// <summary>The first number that counts.</summary>
    public long From { get; init; }

    /// <summary>The first number that counts no more.</summary>
    public long Before { get; init; } = long.MaxValue;
}
