using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.Web;
using AlertBot.Emulators.Slack.World;

namespace AlertBot.Emulators.Slack.Interactions;

/// <summary>The forms that are open, the newest last. The caller holds the world's gate. https://docs.slack.dev/surfaces/modals</summary>
internal sealed class ViewStack(SlackWorld world)
{
    private const int MostOpen = 3;

    private readonly List<(string User, JsonObject View)> _open = [];

    public IEnumerable<JsonObject> Open => _open.Select(entry => entry.View);

    /// <summary>By its id or callback_id; the newest of several.</summary>
    public JsonObject? Find(string name) => Open.LastOrDefault(view => view.Text("id") == name || view.Text("callback_id") == name);

    public JsonObject Add(string user, JsonObject given, bool onTop)
    {
        var below = _open.LastOrDefault(entry => entry.User == user).View;
        if (!onTop)
        {
            Close(user);
            below = null;
        }
        else if (_open.Count(entry => entry.User == user) >= MostOpen)
        {
            throw new SlackError("push_limit_reached");
        }

        var view = Complete(given, world.NextId("V"));
        view["root_view_id"] = below?.Text("root_view_id") ?? view.Text("id");
        view["previous_view_id"] = below?.Text("id");
        _open.Add((user, view));
        return view;
    }

    /// <exception cref="SlackError">It is not open, or was changed since.</exception>
    public JsonObject Update(string? id, string? externalId, string? hash, JsonObject given)
    {
        var at = _open.FindIndex(entry => (id is not null && entry.View.Text("id") == id) || (externalId is not null && entry.View.Text("external_id") == externalId));
        if (at < 0)
        {
            throw new SlackError("not_found");
        }

        var (user, old) = _open[at];
        if (hash is not null && hash != old.Text("hash"))
        {
            throw new SlackError("hash_conflict");
        }

        var view = Complete(given, old.Text("id")!);
        (view["root_view_id"], view["previous_view_id"]) = (old.Text("root_view_id"), old.Text("previous_view_id"));
        _open[at] = (user, view);
        return view;
    }

    /// <summary>What the answer to a form brings about: it stays with errors, changes, goes, or gets another one on top.</summary>
    public void Answer(SlackInteraction interaction, JsonNode? payload)
    {
        var id = interaction.Payload.Map("view").Text("id");
        switch (payload.Text("response_action"))
        {
            case "errors":
                break;
            case "update" when payload.Map("view") is { } view:
                Update(id, null, null, view);
                break;
            case "push" when payload.Map("view") is { } view:
                Add(interaction.User, view, onTop: true);
                break;
            case "clear":
                Close(interaction.User);
                break;
            default:
                _open.RemoveAll(entry => entry.View.Text("id") == id);
                break;
        }
    }

    public void Close(string user) => _open.RemoveAll(entry => entry.User == user);

    /// <summary>A view with all that Slack adds to it.</summary>
    public JsonObject Complete(JsonObject given, string id)
    {
        var view = given.Copy();
        view["id"] = id;
        (view["team_id"], view["app_id"], view["bot_id"], view["hash"]) = (world.TeamId, SlackWorld.App, "B0ALERTBOT", world.NextTs());
        foreach (var (name, usual) in new[] { ("callback_id", ""), ("private_metadata", ""), ("external_id", "") })
        {
            view[name] ??= usual;
        }

        view["state"] = new JsonObject { ["values"] = new JsonObject() };
        return view;
    }
}
