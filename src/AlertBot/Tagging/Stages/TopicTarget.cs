using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>What is weighed: a topic, or a matter alone where it silences or is excluded.</summary>
internal sealed record TopicTarget(Topic? Topic, IReadOnlyList<Matter> Matters, IReadOnlyList<Matter> Excluded);

/// <summary>One form of a phrase as it counts for one target.</summary>
internal sealed record PhraseUse(int Target, int Text, TopicPhrase Phrase, int Near, int Not, int Capitals, string Rule, int Rank);

/// <summary>A phrase found, up to the token before <paramref name="End"/>.</summary>
internal readonly record struct PhraseHit(TextReading Reading, int Sentence, int First, int End, PhraseUse Use);

/// <summary>A context found.</summary>
internal readonly record struct CueHit(int Sentence, int First, int End, int Context);
