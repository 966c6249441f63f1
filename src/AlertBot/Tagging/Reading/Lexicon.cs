using System.Numerics;
using System.Runtime.CompilerServices;

namespace AlertBot.Tagging.Reading;

/// <summary>The words of English that the stages know, each with all its classes.</summary>
internal static class Lexicon
{
    // A flat table with four slots a word: each word of each text is looked up, and most are not in it.
    private static readonly (ulong Word, WordClass Class)[] Slots = Build();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordClass ClassOf(ulong hash)
    {
        var slots = Slots;
        for (var slot = hash & (ulong)(slots.Length - 1); ; slot = (slot + 1) & (ulong)(slots.Length - 1))
        {
            ref var entry = ref slots[slot];
            if (entry.Word == hash | entry.Class == WordClass.None)
            {
                return entry.Class;
            }
        }
    }

    private static (ulong, WordClass)[] Build()
    {
        var classes = ClassesOfWords();
        var slots = new (ulong Word, WordClass Class)[BitOperations.RoundUpToPowerOf2((uint)classes.Count * 4)];
        foreach (var (word, wordClass) in classes)
        {
            var slot = word & (ulong)(slots.Length - 1);
            while (slots[slot].Class != WordClass.None)
            {
                slot = (slot + 1) & (ulong)(slots.Length - 1);
            }

            slots[slot] = (word, wordClass);
        }

        return slots;
    }

    private static Dictionary<ulong, WordClass> ClassesOfWords()
    {
        var classes = new Dictionary<ulong, WordClass>();
        foreach (var (wordClass, words) in WordLists.Plain)
        {
            foreach (var word in words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                Add(word, wordClass);
            }
        }

        foreach (var (wordClass, verbs) in WordLists.Verbs)
        {
            foreach (var verb in verbs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                foreach (var form in FormsOf(verb))
                {
                    Add(form, wordClass);
                }
            }
        }

        return classes;

        void Add(string word, WordClass wordClass)
        {
            var hash = WordHash.Of(word);
            classes[hash] = classes.GetValueOrDefault(hash) | wordClass;
        }
    }

    // Regular verbs are listed by their bare form, irregular ones as go/goes/went.
    private static string[] FormsOf(string verb)
    {
        if (verb.Contains('/'))
        {
            return verb.Split('/');
        }

        return verb[^1] switch
        {
            'e' => [verb, $"{verb}s", $"{verb}d"],
            'y' when !"aeiou".Contains(verb[^2]) => [verb, $"{verb[..^1]}ies", $"{verb[..^1]}ied"],
            's' or 'x' or 'h' => [verb, $"{verb}es", $"{verb}ed"],
            _ => [verb, $"{verb}s", $"{verb}ed"],
        };
    }
}
