using System.Runtime.InteropServices;

namespace AlertBot.Stories.Events;

/// <summary>
/// How much a term tells: little where many stories have it. What is known of English at large counts as so many stories
/// read before the first; the counts of the stream join it, and the old ones fade, so that memory stays bounded.
/// </summary>
internal sealed class TermCounts
{
    private const double KnownStories = 1000;
    private const double WordsPerStory = 300;
    private const double RarestShare = 1.0 / 12_000;
    private const int FadeAfter = 50_000;

    private readonly Dictionary<uint, int> _stories = [];
    private int _count;

    public void Add(Term[] terms)
    {
        foreach (var term in terms)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_stories, term.Form.Id, out _)++;
        }

        if (++_count > FadeAfter)
        {
            Fade();
        }
    }

    /// <summary>The weight of a term, from 0 for what every story has to about 9 for what none had before.</summary>
    public double Weigh(WordForm term) =>
        Math.Log((_count + KnownStories) / (_stories.GetValueOrDefault(term.Id) + (KnownStories * term.Share)));

    /// <summary>The share of stories that have a word.</summary>
    public static double ShareOf(string stem) => Math.Clamp(WordFrequencies.Of(stem) * WordsPerStory / 1e6, RarestShare, 0.95);

    private void Fade()
    {
        _count /= 2;
        foreach (var (term, count) in _stories.ToList())
        {
            if (count == 1)
            {
                _stories.Remove(term);
            }
            else
            {
                _stories[term] = count / 2;
            }
        }
    }
}
