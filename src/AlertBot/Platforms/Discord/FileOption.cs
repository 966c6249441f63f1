namespace AlertBot.Platforms.Discord;

/// <summary>An option that takes a file is two on Discord: one for an attachment, and one for the address of a file that lies elsewhere.</summary>
internal static class FileOption
{
    public const string AddressSummary = "Its https:// address, in place of an attached file";

    private const string Suffix = "-address";

    public static string AddressOf(CommandOption option) => option.Name + Suffix;

    /// <summary>The option that is filled by Discord's option of this name; null if none is.</summary>
    public static CommandOption? Find(CommandDescription command, string name) =>
        command.Options.FirstOrDefault(o => o.Name == name) ?? command.Options.FirstOrDefault(o => o.Kind == OptionKind.File && AddressOf(o) == name);
}
