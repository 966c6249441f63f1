using System.Text.RegularExpressions;
using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Architecture;

public sealed partial class CommandRules
{
    [Fact]
    public async Task Every_command_keeps_the_rules_and_is_in_the_approved_list()
    {
        await using var bot = await BotHarness.StartAsync();
        var commands = bot.Get<CommandRouter>().Commands;

        Assert.Empty(commands.SelectMany(Faults));
        Approved.Text("commands.txt", string.Concat(commands.Select(c =>
            $"{c.Usage}{(c.ModeratorsOnly ? "  (moderators)" : "")}\n  {c.Summary}\n{string.Concat(c.Options.Select(o => $"  {o.Name}: {o.Kind}. {o.Summary}\n"))}")));
    }

    [Fact]
    public void A_command_that_breaks_the_rules_is_caught()
    {
        var broken = new CommandDescription("Who Is", new string('x', 101), new CommandOption("b", "b"), new CommandOption("A b", "a") { Required = true }) { Example = "nothing" };

        Assert.Equal(5, Faults(broken).Count());
    }

    [Fact]
    public async Task Every_command_that_is_written_is_registered_once()
    {
        await using var bot = await BotHarness.StartAsync();
        var written = typeof(IChatCommand).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IChatCommand)) && t is { IsInterface: false, Name: not nameof(HelpCommand) });

        Assert.Equal(written.Select(t => t.Name).Order(), bot.Get<IEnumerable<IChatCommand>>().Select(c => c.GetType().Name).Order());
        Assert.Contains("help", bot.Get<CommandRouter>().Commands.Select(c => c.Name));
    }

    private static IEnumerable<string> Faults(CommandDescription command)
    {
        if (!Names().IsMatch(command.Name))
        {
            yield return $"/{command.Name}: its name must be one or two words of a-z and dashes";
        }

        if (command.Summary.Length is 0 or > 100)
        {
            yield return $"/{command.Name}: its summary must have 1 to 100 characters";
        }

        if (!command.Example.StartsWith(command.Name, StringComparison.Ordinal))
        {
            yield return $"/{command.Name}: its example must begin with its name";
        }

        foreach (var option in command.Options.Where(o => !Names().IsMatch(o.Name) || o.Summary.Length is 0 or > 100))
        {
            yield return $"/{command.Name}: option {option.Name} has a wrong name or summary";
        }

        if (command.Options.SkipWhile(o => o.Required).Any(o => o.Required))
        {
            yield return $"/{command.Name}: a required option stands behind one that is not";
        }
    }

    [GeneratedRegex("^[a-z][a-z-]{0,31}( [a-z][a-z-]{0,31})?$")]
    private static partial Regex Names();
}
