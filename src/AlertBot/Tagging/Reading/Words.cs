namespace AlertBot.Tagging.Reading;

/// <summary>Single words that the stages compare with.</summary>
internal static class Words
{
    public static readonly ulong According = WordHash.Of("according");
    public static readonly ulong As = WordHash.Of("as");
    public static readonly ulong At = WordHash.Of("at");
    public static readonly ulong Cited = WordHash.Of("cited");
    public static readonly ulong Based = WordHash.Of("based");
    public static readonly ulong For = WordHash.Of("for");
    public static readonly ulong Government = WordHash.Of("government");
    public static readonly ulong In = WordHash.Of("in");
    public static readonly ulong I = WordHash.Of("i");
    public static readonly ulong It = WordHash.Of("it");
    public static readonly ulong New = WordHash.Of("new");
    public static readonly ulong Originally = WordHash.Of("originally");
    public static readonly ulong Out = WordHash.Of("out");
    public static readonly ulong Quoted = WordHash.Of("quoted");
    public static readonly ulong Said = WordHash.Of("said");
    public static readonly ulong Saying = WordHash.Of("saying");
    public static readonly ulong Says = WordHash.Of("says");
    public static readonly ulong State = WordHash.Of("state");
    public static readonly ulong That = WordHash.Of("that");
    public static readonly ulong The = WordHash.Of("the");
    public static readonly ulong They = WordHash.Of("they");
    public static readonly ulong What = WordHash.Of("what");
    public static readonly ulong Way = WordHash.Of("way");
    public static readonly ulong Where = WordHash.Of("where");
    public static readonly ulong Who = WordHash.Of("who");
}
