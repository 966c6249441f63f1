using System.Globalization;
using System.Text;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/config export: what moderators decided as one YAML file, for keeping, comparing, and /config import.</summary>
internal sealed class ConfigExportCommand(ConfigStates states, TimeProvider time) : IChatCommand
{
    public CommandDescription Description { get; } = new("config export", "Give the feeds, what channels here follow, how they are told, and all edits as one YAML file")
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "config export",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (set, _, _, untold) = await states.ReadAsync(invocation, cancellationToken);
        var now = time.GetUtcNow();
        string[] head =
        [
            $"AlertBot's configuration, {now:u}, for /config import.",
            "No secrets are in it: no passwords of feeds, no tokens. Those stay where they are when it is imported.",
            "A feed, follow or channel that is listed is as it says here; what is left out is the default. A part that is left out is left alone.",
        ];
        return Card.Answer(
            "The configuration in a file",
            new CardBlock.Facts(
            [
                new CardFact("Feeds", Count(set.Feeds!.Count)),
                new CardFact("Follows of channels here", Count(set.Follows!.Count)),
                new CardFact("Channels here that are told in their own way", Count(set.Channels!.Count)),
                new CardFact("Edited actors", Count(set.Actors!.Count)),
                new CardFact("Edited topics", Count(set.Topics!.Count)),
            ]),
            new CardBlock.Paragraph("It holds no secrets: no passwords of feeds, no tokens. Keep it, compare it, change it; /config import shows what a file would change before it does anything."),
            new CardBlock.Paragraph(untold == 0 ? "" : $"{Count(untold)} channels are missing: the platform does not say now where they belong. Export again in a while.")) with
        {
            File = new CardFile($"alertbot-{now:yyyy-MM-dd}.yaml", "application/yaml", Encoding.UTF8.GetBytes(string.Concat(head.Select(ConfigYaml.Comment)) + ConfigYaml.Write(set))),
        };
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
