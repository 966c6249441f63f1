using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.Web;
using AlertBot.Emulators.Slack.World;

namespace AlertBot.Emulators.Slack.Interactions;

/// <summary>Forms and Home pages. https://docs.slack.dev/reference/methods/views.open</summary>
internal sealed class ViewMethods(SlackWorld world, SlackDesk desk, ViewStack views)
{
    private static readonly TimeSpan TriggerLife = TimeSpan.FromSeconds(3);

    public IEnumerable<WebMethod> All() =>
    [
        new("views.open", call => Shown(views.Add(Triggered(call).User, View(call), onTop: false))),
        new("views.push", call => Shown(views.Add(Triggered(call).User, View(call), onTop: true))),
        new("views.update", call => Shown(views.Update(call.Text("view_id"), call.Text("external_id"), call.Text("hash"), View(call)))),
        new("views.publish", Publish),
    ];

    private static JsonObject Shown(JsonObject view) => new() { ["view"] = view.Copy() };

    private static JsonObject View(SlackCall call, string type = "modal") =>
        call.Arguments.Map("view") is { } view && view.Text("type") == type ? view : throw new SlackError("invalid_arguments", [$"view.type must be {type} [json-pointer:/view/type]"]);

    private JsonObject Publish(SlackCall call)
    {
        var view = View(call, "home");
        var user = world.Users.GetValueOrDefault(call.Text("user_id") ?? "") ?? throw new SlackError("user_not_found");
        return Shown(world.Homes[user.Id] = views.Complete(view, world.NextId("V")));
    }

    private SlackInteraction Triggered(SlackCall call)
    {
        var interaction = desk.OfTrigger(call.Text("trigger_id")) ?? throw new SlackError("invalid_trigger_id");
        if (interaction.TriggerIsUsed)
        {
            throw new SlackError("exchanged_trigger_id");
        }

        if (interaction.TriggerIsOld || world.Now - interaction.SentAt > TriggerLife)
        {
            throw new SlackError("expired_trigger_id");
        }

        interaction.TriggerIsUsed = true;
        return interaction;
    }
}
