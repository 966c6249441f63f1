using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Interactions;
using AlertBot.Emulators.Discord.Rules;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>First answers to interactions, and what follows them by webhook.</summary>
internal sealed class InteractionRoutes(DiscordWorld world, InteractionDesk desk)
{
    private const string Hook = "webhooks/{webhook_id}/{token}";

    public IEnumerable<RestRoute> All() =>
    [
        new("POST", "interactions/{interaction_id}/{token}/callback", Callback, Open: true, OfInteraction: true),
        new("POST", Hook, FollowUp, Open: true, OfInteraction: true),
        new("GET", Hook + "/messages/{message_id}", call => RestAnswer.Ok(Message(Opened(call), call).Json.DeepClone()), Open: true, OfInteraction: true),
        new("PATCH", Hook + "/messages/{message_id}", Edit, Open: true, OfInteraction: true),
        new("DELETE", Hook + "/messages/{message_id}", Delete, Open: true, OfInteraction: true),
    ];

    private RestAnswer Callback(RestCall call)
    {
        if (desk.Find(call["interaction_id"]) is not { } interaction || interaction.Token != call["token"])
        {
            throw DiscordError.UnknownInteraction();
        }

        desk.Answer(interaction, call.Form(), call.Files);
        return call.Query.GetValueOrDefault("with_response") == "true" ? RestAnswer.Ok(Response(interaction)) : RestAnswer.None();
    }

    private static JsonObject Response(DiscordInteraction interaction)
    {
        var about = new JsonObject { ["id"] = interaction.Id, ["type"] = interaction.Spec.Type, ["channel_id"] = interaction.Channel.Id };
        if (interaction.Channel.GuildId is { } guild)
        {
            about["guild_id"] = guild;
        }

        var response = new JsonObject { ["interaction"] = about };
        if (interaction.OriginalMessage is { } original)
        {
            about["response_message_id"] = original.Id;
            about["response_message_loading"] = (original.Flags & DiscordMessage.Loading) != 0;
            about["response_message_ephemeral"] = original.IsEphemeral;
            response["resource"] = new JsonObject { ["type"] = interaction.CallbackType is 6 or 7 ? 7 : 4, ["message"] = original.Json.DeepClone() };
        }

        return response;
    }

    private RestAnswer FollowUp(RestCall call)
    {
        var interaction = Opened(call);
        var form = call.Form();
        MessageRules.Check(form, call.Files.Count, MessageRules.SuppressEmbeds | DiscordMessage.Ephemeral | (1 << 12) | MessageRules.ComponentsV2);
        if (interaction.OriginalMessage is { Deleted: false } original && (original.Flags & DiscordMessage.Loading) != 0)
        {
            // The first follow-up of a deferred answer is that answer; whether it is ephemeral was settled by the defer.
            desk.Edit(interaction, original, form, call.Files);
            return RestAnswer.Ok(original.Json.DeepClone());
        }

        if (interaction.Spec.UserInstalled && ++interaction.FollowUps > 5)
        {
            throw new DiscordError(400, 40094, "This interaction has reached the maximum number of follow-up messages that can be sent");
        }

        return RestAnswer.Ok(desk.Post(interaction, form, call.Files).Json.DeepClone());
    }

    private RestAnswer Edit(RestCall call)
    {
        var interaction = Opened(call);
        var message = Message(interaction, call);
        MessageRules.CheckEdit(call.Form());
        desk.Edit(interaction, message, call.Form(), call.Files);
        return RestAnswer.Ok(message.Json.DeepClone());
    }

    private RestAnswer Delete(RestCall call)
    {
        var interaction = Opened(call);
        desk.Delete(interaction, Message(interaction, call));
        return RestAnswer.None();
    }

    /// <summary>The interaction behind a webhook: answered, and not older than its token lives.</summary>
    private DiscordInteraction Opened(RestCall call)
    {
        if (call["webhook_id"] != world.Options.ApplicationId)
        {
            throw DiscordError.UnknownWebhook();
        }

        return desk.FindByToken(call["token"]) is not { IsOver: false } interaction ? throw DiscordError.InvalidToken()
            : interaction.CallbackType is null or 8 ? throw DiscordError.UnknownWebhook()
            : interaction;
    }

    private static DiscordMessage Message(DiscordInteraction interaction, RestCall call)
    {
        var message = call["message_id"] == "@original" ? interaction.OriginalMessage : interaction.Made.Find(made => made.Id == call["message_id"]);
        return message is { Deleted: false } ? message : throw DiscordError.UnknownMessage();
    }
}
