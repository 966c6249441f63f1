using System.Security.Cryptography;
using System.Text.Json;

namespace AlertBot.Knowledge;

/// <summary>All actors and topics that were known at one moment. Never changes once built; every question is answered from memory.</summary>
internal sealed class KnowledgeSnapshot
{
    private static readonly Dictionary<string, string> NothingMerged = [];

    private readonly Dictionary<string, Actor> _actors;
    private readonly Dictionary<string, Topic> _topics;
    private readonly Lazy<ILookup<string, Actor>> _actorsByName;
    private readonly Lazy<ILookup<string, Actor>> _actorsBySurname;
    private readonly Lazy<ILookup<string, Actor>> _actorsByOffice;
    private readonly ILookup<string, Topic> _topicsByName;
    private readonly ILookup<string, Topic> _topicsByKeyword;
    private readonly Lazy<NameIndex> _index;
    private readonly Lazy<string> _hash;

    /// <param name="merged">Slugs of actors that are none any more, each with the slug of the one that it means now.</param>
    public KnowledgeSnapshot(IReadOnlyList<Actor> actors, IReadOnlyList<Topic> topics, IReadOnlyDictionary<string, string>? merged = null)
    {
        Merged = merged ?? NothingMerged;
        Actors = actors;
        Topics = topics;
        _actors = actors.ToDictionary(actor => actor.Slug, StringComparer.Ordinal);
        _topics = topics.ToDictionary(topic => topic.Slug, StringComparer.Ordinal);
        _actorsByName = new(() => actors.SelectMany(NamesOf).ToLookup(pair => NameKey.Of(pair.Name), pair => pair.Actor, StringComparer.Ordinal));
        _actorsBySurname = new(() => actors.Where(actor => actor.Surname is not null).OrderByDescending(LastDayInOffice)
            .ToLookup(actor => NameKey.Of(actor.Surname!), StringComparer.Ordinal));
        _actorsByOffice = new(() => actors.SelectMany(actor => actor.Roles.Select(role => (Of: Merged.GetValueOrDefault(role.Of, role.Of), actor)).Distinct())
            .ToLookup(pair => pair.Of, pair => pair.actor, StringComparer.Ordinal));
        _topicsByName = topics.ToLookup(topic => NameKey.Of(topic.Name), StringComparer.Ordinal);
        _topicsByKeyword = topics.SelectMany(topic => topic.Keywords, (topic, keyword) => (topic, keyword))
            .ToLookup(pair => NameKey.Of(pair.keyword), pair => pair.topic, StringComparer.Ordinal);
        _index = new Lazy<NameIndex>(IndexOfNames);
        _hash = new Lazy<string>(HashOfAll);
    }

    public IReadOnlyList<Actor> Actors { get; }

    public IReadOnlyList<Topic> Topics { get; }

    /// <summary>Slugs of actors that were merged into others, each with the slug that it means now.</summary>
    public IReadOnlyDictionary<string, string> Merged { get; }

    /// <summary>The same for the same actors, topics and phrase book, in whatever process; severities, which lead to no tag, are not in it.</summary>
    public string Hash => _hash.Value;

    /// <summary>The same with other actors.</summary>
    public KnowledgeSnapshot With(ActorOverlay actors) => new(actors.Actors, Topics, actors.Merged);

    /// <summary>The same with one topic in another state, or with one more.</summary>
    public KnowledgeSnapshot With(Topic topic) =>
        new(Actors, _topics.ContainsKey(topic.Slug) ? [.. Topics.Select(t => t.Slug == topic.Slug ? topic : t)] : [.. Topics, topic], Merged);

    /// <summary>The actor of a slug, or the one that it was merged into.</summary>
    public Actor? FindActor(string slug) => _actors.GetValueOrDefault(Merged.GetValueOrDefault(slug, slug));

    /// <summary>What a name means that was written down earlier: its actor may have been merged since.</summary>
    public TagName Now(TagName name) => name.Kind == TagKind.Actor && Merged.TryGetValue(name.Slug, out var slug) ? new TagName(TagKind.Actor, slug) : name;

    /// <summary>Everybody who bears a name, whatever its case, marks, hyphens and spaces.</summary>
    public IEnumerable<Actor> BearersOf(string name) => _actorsByName.Value[NameKey.Of(name)].Distinct();

    /// <summary>Those who hold or held an office of a country or an organisation, or belong to it.</summary>
    public IEnumerable<Actor> PeopleOf(Actor body) => _actorsByOffice.Value[body.Slug];

    public Topic? FindTopic(string slug) => _topics.GetValueOrDefault(slug);

    /// <summary>The name for people; the slug where the knowledge base no longer has it.</summary>
    public string NameOf(TagName name) => (name.Kind == TagKind.Topic ? FindTopic(name.Slug)?.Name : FindActor(name.Slug)?.Name) ?? name.Slug;

    /// <summary>
    /// Those whom the words may mean: the owner of the slug, also of one that was merged into it, else of the name whatever its case, marks, hyphens
    /// and spaces, else everybody who bears it as a surname, those in office or lately so first.
    /// </summary>
    public IReadOnlyList<Actor> ResolveActors(string text)
    {
        if (FindActor(text.Trim().ToLowerInvariant()) is { } actor)
        {
            return [actor];
        }

        var key = NameKey.Of(text);
        return _actorsByName.Value[key].Distinct().ToList() is { Count: > 0 } named ? named : [.. _actorsBySurname.Value[key].Distinct()];
    }

    /// <summary>That of a story with these tags: its most urgent topic's. A story without a topic is routine.</summary>
    public Severity SeverityOf(IEnumerable<TagName> tags) =>
        tags.Where(t => t.Kind == TagKind.Topic).Select(t => FindTopic(t.Slug)?.Severity ?? Severities.Usual).DefaultIfEmpty(Severity.Routine).Max();

    /// <summary>By slug, else by name, else by one of the keywords.</summary>
    public IReadOnlyList<Topic> ResolveTopics(string text)
    {
        if (_topics.TryGetValue(text.Trim().ToLowerInvariant(), out var topic))
        {
            return [topic];
        }

        var key = NameKey.Of(text);
        return _topicsByName[key].ToList() is { Count: > 0 } named ? named : [.. _topicsByKeyword[key].Distinct()];
    }

    /// <summary>Builds what names are looked up in; otherwise the first question does.</summary>
    public void BuildIndex() => _ = (_actorsByName.Value, _actorsBySurname.Value, _actorsByOffice.Value, _index.Value);

    /// <summary>What somebody may be about to type: beginnings of words first, then parts, then what looks alike.</summary>
    public IReadOnlyList<Suggestion> SuggestNames(string typed, int limit)
    {
        var key = NameKey.Of(typed);
        var found = new List<int>(_index.Value.StartingWith(key, limit));
        if (found.Count < limit && key.Length > 1)
        {
            found.AddRange(_index.Value.Containing(key, limit).Except(found).ToList());
        }

        if (found.Count < limit && key.Length > 2)
        {
            found.AddRange(_index.Value.Like(typed, limit).Select(like => like.Owner).Except(found).ToList());
        }

        return [.. found.Take(limit).Select(SuggestionOf)];
    }

    /// <summary>Names that somebody may have meant who typed one that is not known, likest first.</summary>
    public IReadOnlyList<Suggestion> DidYouMean(string unknown, int limit) =>
        [.. _index.Value.Like(unknown, limit).Select(like => SuggestionOf(like.Owner) with { Likeness = like.Likeness })];

    /// <summary>The newest office and its country or body, else the kind: <c>unification minister, South Korea</c>.</summary>
    public string WhatIs(Actor actor)
    {
        var role = actor.Roles.MaxBy(role => role.From ?? DateOnly.MinValue);
        var kind = actor.Kind switch
        {
            ActorKind.Country => "country",
            ActorKind.Organization => "organization",
            _ => role is { Title.Length: > 0 } ? role.Title : "person",
        };
        return role is not null && FindActor(role.Of) is { } of ? $"{kind}, {of.Name}" : kind;
    }

    private static DateOnly LastDayInOffice(Actor actor) =>
        actor.Roles.Count > 0 ? actor.Roles.Max(role => role.To ?? DateOnly.MaxValue) : DateOnly.MinValue;

    private static IEnumerable<(string Name, Actor Actor)> NamesOf(Actor actor) =>
        actor.Aliases.Append(actor.Name).Select(name => (name, actor));

    private string HashOfAll()
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            JsonSerializer.Serialize(stream, new { Actors, Topics = Topics.Select(t => t with { Severity = null }), PhraseBook.Shipped });
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    private NameIndex IndexOfNames()
    {
        var formerSlugs = Merged.ToLookup(m => m.Value, m => m.Key);
        var actors = Actors.SelectMany((actor, i) =>
            NamesOf(actor).Select(pair => pair.Name).Append(actor.Slug).Concat(formerSlugs[actor.Slug]).Distinct(StringComparer.Ordinal).Select(name => (name, i)));
        var topics = Topics.SelectMany((topic, i) =>
            topic.Keywords.Prepend(topic.Name).Prepend(topic.Slug).Distinct(StringComparer.Ordinal).Select(name => (name, Actors.Count + i)));
        return new NameIndex(actors.Concat(topics));
    }

    private Suggestion SuggestionOf(int owner) => owner < Actors.Count
        ? new Suggestion(TagKind.Actor, Actors[owner].Slug, $"{Actors[owner].Name} — {WhatIs(Actors[owner])}")
        : new Suggestion(TagKind.Topic, Topics[owner - Actors.Count].Slug, $"{Topics[owner - Actors.Count].Name} — topic");
}
