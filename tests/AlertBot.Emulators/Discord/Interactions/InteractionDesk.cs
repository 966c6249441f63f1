using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Gateway;
using AlertBot.Emulators.Discord.Rules;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Interactions;

/// <summary>Makes interactions and takes their first answers. The caller holds the world's gate.</summary>
internal sealed class InteractionDesk(DiscordWorld world, MessageWriter writer, GatewayEvents events)
{
    private const int Text = 4;
    private const int Deferred = 5;
    private const int DeferredUpdate = 6;
    private const int Update = 7;
    private const int Choices = 8;
    private const int Modal = 9;

    private readonly Dictionary<string, DiscordInteraction> _interactions = [];

    public DiscordInteraction? Find(string id) => _interactions.GetValueOrDefault(id);

    public DiscordInteraction? FindByToken(string token) => _interactions.Values.FirstOrDefault(interaction => interaction.Token == token);

    /// <exception cref="InvalidOperationException">No person could do this: the message or the component is not there.</exception>
    public DiscordInteraction Make(InteractionSpec spec, DiscordChannel usual)
    {
        var user = world.UserOrNew(spec.UserId ?? world.Human.Id, spec.UserName);
        var channel = spec.Direct ? world.Direct(user) : spec.ChannelId is { } id ? world.Channels[id] : usual;
        var interaction = new DiscordInteraction(world, spec, world.Ids.Next(), user, channel) { Source = Source(spec, channel) };
        _interactions[interaction.Id] = interaction;
        return interaction;
    }

    private DiscordMessage? Source(InteractionSpec spec, DiscordChannel channel)
    {
        if (spec.MessageId is not { } id)
        {
            return spec.OfComponent || spec.Kind == InteractionKind.Message ? throw new InvalidOperationException("Name the message that the person acts on.") : null;
        }

        var message = channel.Find(id) ?? _interactions.Values.SelectMany(interaction => interaction.Made).FirstOrDefault(made => made.Id == id && !made.Deleted)
            ?? throw new InvalidOperationException($"There is no message {id} in channel {channel.Id}.");
        if (spec.OfComponent)
        {
            var component = InteractionPayload.Components(message.Json).FirstOrDefault(item => item.Text("custom_id") == spec.CustomId)
                ?? throw new InvalidOperationException($"Message {id} has no component {spec.CustomId}.");
            return component.Flag("disabled") == true ? throw new InvalidOperationException($"{spec.CustomId} is disabled.") : message;
        }

        return message;
    }

    /// <summary>Takes the first answer to an interaction.</summary>
    /// <exception cref="DiscordError">It is not the first, comes too late, or does not fit.</exception>
    public void Answer(DiscordInteraction interaction, JsonObject form, IReadOnlyList<UploadedFile> files)
    {
        if (interaction.CallbackType is not null)
        {
            throw new DiscordError(400, 40060, "Interaction has already been acknowledged.");
        }

        if (interaction.IsDead)
        {
            throw DiscordError.UnknownInteraction();
        }

        var type = form.Integer("type") ?? 0;
        if (!Fits(type, interaction))
        {
            throw FormErrors.One("type", "INTERACTION_APPLICATION_INVALID_RESPONSE_TYPE", $"Response type {type} does not answer this interaction.");
        }

        var data = form.Map("data") ?? [];
        Check(type, data, files.Count);
        Apply(interaction, type, data, files);
        interaction.Take(type, form);
    }

    private static bool Fits(int type, DiscordInteraction interaction) => interaction.Spec.Kind switch
    {
        InteractionKind.Autocomplete => type == Choices,
        InteractionKind.Modal => type is Text or Deferred || (type is DeferredUpdate or Update && interaction.Source is not null),
        InteractionKind.Command or InteractionKind.Message => type is Text or Deferred or Modal,
        _ => type is Text or Deferred or DeferredUpdate or Update or Modal,
    };

    private static void Check(int type, JsonObject data, int files)
    {
        var errors = new FormErrors();
        switch (type)
        {
            case Text:
                MessageRules.Check(data, files, MessageRules.SuppressEmbeds | DiscordMessage.Ephemeral | (1 << 12) | MessageRules.ComponentsV2, "data.");
                break;
            case Deferred when ((data.Integer("flags") ?? 0) & ~DiscordMessage.Ephemeral) != 0:
                errors.Add("data.flags", "MESSAGE_FLAGS_INVALID", "Only EPHEMERAL may be set on a deferred answer.");
                break;
            case Update:
                MessageRules.CheckEdit(data);
                break;
            case Choices:
                CheckChoices(errors, data);
                break;
            case Modal:
                ComponentRules.CheckModal(errors, data);
                break;
        }

        errors.Throw();
    }

    private static void CheckChoices(FormErrors errors, JsonObject data)
    {
        if (data.List("choices") is not { } choices)
        {
            errors.Required("data.choices");
        }
        else if (choices.Count > 25)
        {
            errors.TooLong("data.choices", 25);
        }
        else
        {
            CommandRules.CheckChoiceValues(errors, choices, "data.choices", text: false);
        }
    }

    private void Apply(DiscordInteraction interaction, int type, JsonObject data, IReadOnlyList<UploadedFile> files)
    {
        switch (type)
        {
            case Text:
                interaction.OriginalMessage = Post(interaction, data, files);
                break;
            case Deferred:
                var flags = (data.Integer("flags") ?? 0) | DiscordMessage.Loading;
                interaction.OriginalMessage = Post(interaction, new JsonObject { ["flags"] = flags }, []);
                break;
            case DeferredUpdate:
                interaction.OriginalMessage = interaction.Source;
                break;
            case Update:
                interaction.OriginalMessage = interaction.Source;
                Edit(interaction, interaction.Source!, data, files);
                break;
        }
    }

    /// <summary>A message of the interaction; an ephemeral one stands in no channel.</summary>
    public DiscordMessage Post(DiscordInteraction interaction, JsonObject form, IReadOnlyList<UploadedFile> files)
    {
        var message = writer.New(interaction.Channel, world.Bot, form, files);
        message.Json["webhook_id"] = world.Options.ApplicationId;
        message.Json["application_id"] = world.Options.ApplicationId;
        message.Json["interaction_metadata"] = Metadata(interaction);
        message.Json["type"] = interaction.Spec.Kind == InteractionKind.Command && interaction.Made.Count == 0 ? 20 : message.Json.Integer("type");
        interaction.Made.Add(message);
        if (!message.IsEphemeral)
        {
            MessageWriter.Keep(interaction.Channel, message);
            events.Posted(interaction.Channel, message);
        }

        return message;
    }

    /// <summary>Changes a message of the interaction; a loading one becomes a full one.</summary>
    public void Edit(DiscordInteraction interaction, DiscordMessage message, JsonObject form, IReadOnlyList<UploadedFile> files)
    {
        writer.Edit(interaction.Channel, message, form, files);
        message.Flags &= ~DiscordMessage.Loading;
        if (!message.IsEphemeral)
        {
            events.Edited(interaction.Channel, message);
        }
    }

    public void Delete(DiscordInteraction interaction, DiscordMessage message)
    {
        message.Deleted = true;
        if (interaction.Channel.Messages.Remove(message))
        {
            events.Deleted(interaction.Channel, message);
        }
    }

    private static JsonObject Metadata(DiscordInteraction interaction)
    {
        var metadata = new JsonObject
        {
            ["id"] = interaction.Id,
            ["type"] = interaction.Spec.Type,
            ["user"] = interaction.User.Json(),
            ["authorizing_integration_owners"] = InteractionPayload.Owners(interaction),
        };
        if (interaction.Spec.OfComponent)
        {
            metadata["interacted_message_id"] = interaction.Source!.Id;
        }
        else if (interaction.Spec.Kind == InteractionKind.Modal)
        {
            var trigger = metadata.Copy();
            trigger["type"] = 2;
            metadata["triggering_interaction_metadata"] = trigger;
        }

        return metadata;
    }
}
