using AlertBot.Knowledge;

namespace AlertBot.Subscriptions;

/// <summary>
/// What a channel follows: names joined by and, or, not. Its text is a normal form that reads back to the same
/// expression and names things by slug, so that it stays true when names change.
/// </summary>
internal abstract record FollowExpression
{
    /// <summary>Whether a story with these tags is wanted.</summary>
    /// <param name="because">The followed names that the story has are added here.</param>
    public abstract bool Matches(StoryTags tags, ICollection<TagName> because);

    /// <summary>All names in it, negated ones included.</summary>
    public abstract IEnumerable<TagName> Names { get; }

    /// <summary>Names of which a story that matches has at least one; null where it may have none of them.</summary>
    public abstract IReadOnlyCollection<TagName>? OneOf { get; }

    /// <summary>The same with other names in the place of its own.</summary>
    public abstract FollowExpression With(Func<TagName, TagName> name);

    /// <param name="InPassing">An actor counts also where the story only mentions it.</param>
    public sealed record Name(TagName Tag, bool InPassing) : FollowExpression
    {
        public override IEnumerable<TagName> Names => [Tag];

        public override IReadOnlyCollection<TagName> OneOf => [Tag];

        public override FollowExpression With(Func<TagName, TagName> name) => this with { Tag = name(Tag) };

        public override bool Matches(StoryTags tags, ICollection<TagName> because)
        {
            var matches = (InPassing ? tags.All : tags.Main).Contains(Tag);
            if (matches)
            {
                because.Add(Tag);
            }

            return matches;
        }

        public override string ToString() => InPassing ? $"mentions:{Tag.Slug}" : Tag.ToString();
    }

    /// <summary>Not even mentioned.</summary>
    public sealed record Not(FollowExpression Inner) : FollowExpression
    {
        public override IEnumerable<TagName> Names => Inner.Names;

        public override IReadOnlyCollection<TagName>? OneOf => null;

        public override FollowExpression With(Func<TagName, TagName> name) => new Not(Inner.With(name));

        // What must be absent is looked for everywhere: "not sport" means no sport, not "not mainly sport".
        public override bool Matches(StoryTags tags, ICollection<TagName> because) => !Inner.Matches(new StoryTags(tags.All, tags.All), []);

        public override string ToString() => Inner is Name or Not ? $"not {Inner}" : $"not ({Inner})";
    }

    public sealed record And(IReadOnlyList<FollowExpression> Parts) : FollowExpression
    {
        public override IEnumerable<TagName> Names => Parts.SelectMany(p => p.Names);

        // All parts must hold, so any will do; a topic is in more stories than an actor is.
        public override IReadOnlyCollection<TagName>? OneOf =>
            Parts.Select(p => p.OneOf).OfType<IReadOnlyCollection<TagName>>().MinBy(names => (names.Count(n => n.Kind == TagKind.Topic), names.Count));

        public override FollowExpression With(Func<TagName, TagName> name) => new And([.. Parts.Select(p => p.With(name))]);

        public override bool Matches(StoryTags tags, ICollection<TagName> because) => Parts.All(p => p.Matches(tags, because));

        public override string ToString() => string.Join(" and ", Parts.Select(p => p is Or ? $"({p})" : p.ToString()));
    }

    public sealed record Or(IReadOnlyList<FollowExpression> Parts) : FollowExpression
    {
        public override IEnumerable<TagName> Names => Parts.SelectMany(p => p.Names);

        public override IReadOnlyCollection<TagName>? OneOf =>
            Parts.Select(p => p.OneOf).ToList() is var parts && parts.Contains(null) ? null : parts.SelectMany(p => p!).ToHashSet();

        public override FollowExpression With(Func<TagName, TagName> name) => new Or([.. Parts.Select(p => p.With(name))]);

        // Every part is asked, so that the alert can name all that matched.
        public override bool Matches(StoryTags tags, ICollection<TagName> because) =>
            Parts.Aggregate(false, (matched, part) => part.Matches(tags, because) | matched);

        public override string ToString() => string.Join(" or ", Parts);
    }
}

/// <summary>The tags of one story as follows see them.</summary>
/// <param name="Main">The topics, and the actors that the story is about.</param>
/// <param name="All">The same, and the actors that it only mentions.</param>
internal sealed record StoryTags(IReadOnlySet<TagName> Main, IReadOnlySet<TagName> All)
{
    public static StoryTags None { get; } = new(new HashSet<TagName>(), new HashSet<TagName>());
}
