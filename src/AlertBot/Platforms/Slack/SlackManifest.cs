using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack.Http;

namespace AlertBot.Platforms.Slack;

/// <summary>
/// What an app on Slack has to declare for the bot, derived from the bot's own commands. Slack takes it by hand only, and anew
/// when it changes. https://docs.slack.dev/reference/app-manifest
/// </summary>
internal static class SlackManifest
{
    private const int MaxShortcutName = 24;
    private const int MaxHint = 1000;

    private static readonly string[] Events = ["app_mention", "message.im", "app_home_opened", "member_joined_channel", "app_uninstalled", "tokens_revoked"];

    /// <param name="prefix">What stands in front of the commands' names.</param>
    /// <param name="site">Where Slack calls the bot; null where the bot holds sockets.</param>
    /// <exception cref="ArgumentException">A command has a name that Slack refuses.</exception>
    public static JsonObject Of(IReadOnlyList<CommandDescription> commands, string prefix, Uri? site)
    {
        var endpoint = site is null ? null : new Uri(site, EventsEndpoint.Path).AbsoluteUri;
        var features = new JsonObject
        {
            ["app_home"] = new JsonObject { ["home_tab_enabled"] = true, ["messages_tab_enabled"] = true, ["messages_tab_read_only_enabled"] = false },
            ["bot_user"] = new JsonObject { ["display_name"] = "AlertBot", ["always_online"] = true },
            ["slash_commands"] = SlashCommands(commands, prefix, endpoint),
        };
        if (commands.Where(c => c.MessageMenu is not null).ToList() is { Count: > 0 } onMessages)
        {
            features["shortcuts"] = new JsonArray([.. onMessages.Select(Shortcut)]);
        }

        return new JsonObject
        {
            ["display_information"] = new JsonObject
            {
                ["name"] = "AlertBot",
                ["description"] = "Watches news feeds and alerts the channels that follow",
            },
            ["features"] = features,
            ["oauth_config"] = Authorization(site),
            ["settings"] = Settings(endpoint),
        };
    }

    private static JsonArray SlashCommands(IReadOnlyList<CommandDescription> commands, string prefix, string? endpoint)
    {
        var alone = from command in commands
                    where SlackNames.StandAlone.ContainsKey(command.Name)
                    select (Name: SlackNames.StandAlone[command.Name], command.Summary, Hint: string.Join(' ', command.Usage.Split(' ').Skip(1)));
        var declared = alone.Prepend((Name: SlackNames.Root, Summary: "Every command of AlertBot; help lists them", Hint: "help | who | follow | feed list | ...")).ToList();
        if (declared.Select(d => SlackNames.FaultOf(prefix + d.Name)).FirstOrDefault(f => f is not null) is { } fault)
        {
            throw new ArgumentException(fault, nameof(commands));
        }

        return new JsonArray([.. declared.Select(d => Command($"/{prefix}{d.Name}", d.Summary, d.Hint, endpoint))]);
    }

    private static JsonObject Command(string name, string summary, string hint, string? endpoint)
    {
        // Escaped: people and channels come with their ids.
        var command = new JsonObject { ["command"] = name, ["description"] = summary, ["should_escape"] = true };
        if (hint.Length > 0)
        {
            command["usage_hint"] = hint.Length > MaxHint ? hint[..MaxHint] : hint;
        }

        if (endpoint is not null)
        {
            command["url"] = endpoint;
        }

        return command;
    }

    private static JsonObject Shortcut(CommandDescription command) => new()
    {
        ["name"] = command.MessageMenu!.Length > MaxShortcutName ? command.MessageMenu[..MaxShortcutName] : command.MessageMenu,
        ["type"] = "message",
        ["callback_id"] = command.Name,
        ["description"] = command.Summary,
    };

    private static JsonObject Authorization(Uri? site)
    {
        var authorization = new JsonObject { ["scopes"] = new JsonObject { ["bot"] = Texts(SlackScopes.Bot) } };
        if (site is not null)
        {
            authorization["redirect_urls"] = Texts([new Uri(site, InstallPages.ReturnPath).AbsoluteUri]);
        }

        return authorization;
    }

    private static JsonObject Settings(string? endpoint)
    {
        var events = new JsonObject { ["bot_events"] = Texts(Events) };
        var interactivity = new JsonObject { ["is_enabled"] = true };
        if (endpoint is not null)
        {
            events["request_url"] = endpoint;
            interactivity["request_url"] = endpoint;
            interactivity["message_menu_options_url"] = endpoint;
        }

        return new JsonObject
        {
            ["event_subscriptions"] = events,
            ["interactivity"] = interactivity,
            ["org_deploy_enabled"] = true,
            ["socket_mode_enabled"] = endpoint is null,
            ["token_rotation_enabled"] = false,
        };
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
