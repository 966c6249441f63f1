using AlertBot.Knowledge;

namespace AlertBot.Tagging.Reading;

/// <summary>The family name of a person: as the knowledge base gives it, else by the way in which the name is built.</summary>
internal static class FamilyName
{
    private static readonly HashSet<ulong> Suffixes = [.. new[] { "jr", "sr", "ii", "iii", "iv" }.Select(word => WordHash.Of(word))];

    /// <summary>Null for who is no person, and for a person with one name.</summary>
    public static string? Of(Actor actor)
    {
        if (actor.Kind != ActorKind.Person || actor.Surname is not null)
        {
            return actor.Surname;
        }

        var name = actor.Name.Split('(', ',')[0];
        var words = Array.FindAll(Tokenizer.Read(name), token => token.IsWord && !Suffixes.Contains(token.Hash));
        if (words.Length < 2)
        {
            return null;
        }

        var family = IsFamilyFirst(words) ? words[0] : words[^1];
        return name.Substring(family.Start, family.Length);
    }

    /// <summary>Whether the words are built like a Korean or Chinese name: <c>Kim Yung-ho</c>, <c>Lee Kuan Yew</c>, <c>Xi Jinping</c>.</summary>
    public static bool IsFamilyFirst(ReadOnlySpan<Token> words)
    {
        if (!words[0].Is(WordClass.KoreanSurname | WordClass.ChineseSurname) || words[1].Is(WordClass.GivenName))
        {
            return false;
        }

        return words.Length switch
        {
            2 => words[0].Is(WordClass.ChineseSurname) && !words[0].Is(WordClass.GivenName),
            3 => words[2].IsJoined || (words[1].Length <= 6 && words[2].Length <= 6),
            _ => false,
        };
    }
}
