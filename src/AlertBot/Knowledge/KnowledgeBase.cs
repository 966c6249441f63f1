namespace AlertBot.Knowledge;

/// <summary>
/// All actors and topics that are known now. What is known can be replaced at any time while others ask: each
/// question is answered from one state, and whoever needs several answers from the same state takes <see cref="Current"/>.
/// </summary>
internal sealed class KnowledgeBase(IReadOnlyList<Actor> actors, IReadOnlyList<Topic> topics)
{
    private readonly Lock _replacing = new();
    private volatile KnowledgeSnapshot _current = new(actors, topics);

    public KnowledgeSnapshot Current => _current;

    public IReadOnlyList<Actor> Actors => _current.Actors;

    public IReadOnlyList<Topic> Topics => _current.Topics;

    /// <summary>From now on these are known, for the next story at once; the topics stay as they are.</summary>
    public void Replace(ActorOverlay actors)
    {
        lock (_replacing)
        {
            Replace(_current.With(actors));
        }
    }

    /// <summary>From now on this is what is known, for the next story at once.</summary>
    public void Replace(IReadOnlyList<Actor> actors, IReadOnlyList<Topic> topics) => Replace(new KnowledgeSnapshot(actors, topics, _current.Merged));

    /// <summary>Replaces the topics; the actors stay as they are.</summary>
    public void ReplaceTopics(IReadOnlyList<Topic> topics)
    {
        lock (_replacing)
        {
            Replace(Actors, topics);
        }
    }

    // The index of names is built here, so that only somebody who types meanwhile waits for it.
    private void Replace(KnowledgeSnapshot next)
    {
        _current = next;
        next.BuildIndex();
    }

    /// <inheritdoc cref="KnowledgeSnapshot.FindActor"/>
    public Actor? FindActor(string slug) => _current.FindActor(slug);

    /// <inheritdoc cref="KnowledgeSnapshot.FindTopic"/>
    public Topic? FindTopic(string slug) => _current.FindTopic(slug);

    /// <inheritdoc cref="KnowledgeSnapshot.NameOf"/>
    public string NameOf(TagName name) => _current.NameOf(name);

    /// <inheritdoc cref="KnowledgeSnapshot.WhatIs"/>
    public string WhatIs(Actor actor) => _current.WhatIs(actor);

    /// <inheritdoc cref="KnowledgeSnapshot.ResolveActors"/>
    public IReadOnlyList<Actor> ResolveActors(string text) => _current.ResolveActors(text);

    /// <inheritdoc cref="KnowledgeSnapshot.ResolveTopics"/>
    public IReadOnlyList<Topic> ResolveTopics(string text) => _current.ResolveTopics(text);

    /// <inheritdoc cref="KnowledgeSnapshot.SuggestNames"/>
    public IReadOnlyList<Suggestion> SuggestNames(string typed, int limit) => _current.SuggestNames(typed, limit);

    /// <inheritdoc cref="KnowledgeSnapshot.DidYouMean"/>
    public IReadOnlyList<Suggestion> DidYouMean(string unknown, int limit) => _current.DidYouMean(unknown, limit);
}
