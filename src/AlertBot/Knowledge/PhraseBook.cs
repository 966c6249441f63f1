namespace AlertBot.Knowledge;

/// <summary>
/// What is known of how news speaks of things, whatever the topics: matters with their phrases, and the scale by which
/// phrases are weighed. It ships as data beside the program.
/// </summary>
internal sealed record PhraseBook(TopicScale Scale, IReadOnlyList<Matter> Matters)
{
    private static readonly Lazy<PhraseBook> FromFiles = new(() => PhraseBookFile.Load(Path.Combine(AppContext.BaseDirectory, "appsettings", "phrases")));

    /// <exception cref="KnowledgeException">Something is wrong in the files; it lists all of it.</exception>
    public static PhraseBook Shipped => FromFiles.Value;

    /// <summary>Just before or after a phrase these take its meaning away: "no sanctions", "sanctions were not discussed".</summary>
    public IReadOnlyList<string> Negations { get; init; } = [];

    public IReadOnlyList<string> NegationsAfter { get; init; } = [];

    /// <summary>A sentence with one of these tells what was before.</summary>
    public IReadOnlyList<string> Background { get; init; } = [];

    /// <summary>In the definition of a topic, what follows one of these does not belong to it: "outside the war".</summary>
    public IReadOnlyList<string> Exclusions { get; init; } = [];

    public required PhraseGrammar Grammar { get; init; }
}

/// <summary>One matter that news reports, with the phrases that speak of it.</summary>
/// <param name="About">A topic whose name, definition or keywords say enough of these has it as a part.</param>
internal sealed record Matter(string Name, IReadOnlyList<string> About, IReadOnlyList<TopicPhrase> Phrases)
{
    /// <summary>How many of <see cref="About"/> a topic must say.</summary>
    public int Needs { get; init; } = 1;

    /// <summary>Whether a story that is about it first of all has no other topic.</summary>
    public bool Silences { get; init; }

    /// <summary>What it adds that leading people of two countries are at the front of a story.</summary>
    public double Meeting { get; init; }
}

/// <summary>How phrases become a score. Every figure stands in the data.</summary>
internal sealed record TopicScale
{
    /// <summary>No figure of a scale and no weight is larger.</summary>
    public const double Largest = 100;

    /// <summary>The score from which on a story is about a topic.</summary>
    public double Threshold { get; init; }

    /// <summary>The score from which on it is a main topic.</summary>
    public double Main { get; init; }

    /// <summary>The part of the threshold from which on a topic is a near miss.</summary>
    public double NearMiss { get; init; }

    /// <summary>The part of the heaviest topic's score that another needs to stand beside it.</summary>
    public double Beside { get; init; }

    /// <summary>How many topics a story has at most.</summary>
    public int Most { get; init; }

    /// <summary>The weight of a keyword.</summary>
    public double Keyword { get; init; }

    /// <summary>What a phrase counts in the headline, in the first sentence, further on in the first paragraph, and below.</summary>
    public double Headline { get; init; }

    public double FirstSentence { get; init; }

    public double Lead { get; init; }

    public double Body { get; init; }

    /// <summary>What a phrase counts that came before.</summary>
    public double Repeated { get; init; }

    /// <summary>The most that the phrases of one sentence weigh together.</summary>
    public double Sentence { get; init; }

    /// <summary>What paragraphs below the first count beside the one that says most.</summary>
    public double Scattered { get; init; }

    /// <summary>What a sentence counts that tells what was before.</summary>
    public double Background { get; init; }

    /// <summary>What it adds that all countries of a topic's definition are what a story is about.</summary>
    public double Countries { get; init; }

    /// <summary>The score from which on a silencing matter is what a story is about.</summary>
    public double Silencing { get; init; }

    /// <summary>How many times the score of a silencing matter another topic needs to stand beside it.</summary>
    public double Loudness { get; init; }
}
