using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.Interactions;
using AlertBot.Emulators.Slack.Sockets;
using AlertBot.Emulators.Slack.World;

namespace AlertBot.Emulators.Slack;

/// <content>What people do in the workspace.</content>
public sealed partial class SlackEmulator
{
    /// <summary>Where deliveries go over HTTP; null sends them over the sockets of Socket Mode.</summary>
    public Uri? RequestUrl { get; set; }

    /// <summary>What deliveries over HTTP are signed with.</summary>
    public string SigningSecret => Options.SigningSecret;

    public SlackStats Stats => Locked(() => new SlackStats(_hub.Opens, _hub.Connections, _hub.Open, _hub.MostAtOnce, _hub.LeastSincePair, _log.Requests.Count, _limits.Breaches));

    /// <summary>The forms that are open, the newest last.</summary>
    public IReadOnlyList<JsonElement> Views => Locked(() => _views.Open.Select(view => view.Frozen()).ToList());

    /// <summary>What single people were shown, with channel and to.</summary>
    public IReadOnlyList<JsonElement> Ephemerals => Locked(() => _world.Ephemerals.Select(message => message.Frozen()).ToList());

    /// <summary>A command that a person calls.</summary>
    public SlackInteraction SendCommand(string command, string text = "", string? channel = null, string? user = null) =>
        Send(() => _desk.Command(command, text, ChannelOf(channel), UserOf(user)));

    /// <summary>A button or a choice of a message, by the beginning of its label.</summary>
    /// <param name="ts">Of a message in a channel, or of one that a single person sees.</param>
    /// <exception cref="InvalidOperationException">There is no such thing to press.</exception>
    public SlackInteraction Press(string ts, string label, string? channel = null, string? user = null) => Send(() =>
    {
        var (home, message) = Message(ts, channel);
        var (element, block, chosen) = Use(message.List("blocks"), label) ?? throw new InvalidOperationException($"The message {ts} has nothing called {label}.");
        return _desk.Act(home, message, element, block, chosen, UserOf(user));
    });

    /// <summary>The same on a person's Home page.</summary>
    public SlackInteraction PressHome(string label, string? user = null) => Send(() =>
    {
        var view = _world.Homes.GetValueOrDefault(UserOf(user).Id) ?? throw new InvalidOperationException("The person has no Home page yet.");
        var (element, block, chosen) = Use(view.List("blocks"), label) ?? throw new InvalidOperationException($"The Home page has nothing called {label}.");
        return _desk.ActInView(view, element, block, chosen, UserOf(user));
    });

    /// <summary>An action with any name and value, whether or not the message shows such a thing.</summary>
    public SlackInteraction Act(string ts, string actionId, string? value, string? channel = null, string? user = null) => Send(() =>
    {
        var (home, message) = Message(ts, channel);
        var element = new JsonObject { ["type"] = "button", ["action_id"] = actionId, ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = actionId } };
        if (value is not null)
        {
            element["value"] = value;
        }

        return _desk.Act(home, message, element, null, null, UserOf(user));
    });

    /// <summary>Types into a field that asks for its options.</summary>
    /// <param name="view">The id or callback_id of an open form; null where it stands in a message.</param>
    public SlackInteraction Suggest(string? view, string field, string typed, string? user = null) => Send(() =>
    {
        var form = view is null ? null : FormOf(view);
        var block = (form.List("blocks") ?? []).OfType<JsonObject>().FirstOrDefault(block => block.Text("block_id") == field || block.Map("element").Text("action_id") == field);
        return _desk.Suggest(form, block.Text("block_id") ?? field, block.Map("element").Text("action_id") ?? field, typed, UserOf(user));
    });

    /// <summary>Sends a form in; fields that are not named stay as they stand in it.</summary>
    /// <param name="view">The id or callback_id of an open form.</param>
    /// <param name="values">By block_id or action_id.</param>
    /// <exception cref="InvalidOperationException">There is no such form, or it has no such field.</exception>
    public SlackInteraction Submit(string view, IReadOnlyDictionary<string, string> values, string? user = null) =>
        Send(() => _desk.Submit(FormOf(view), SlackPayload.State(FormOf(view), values), UserOf(user)));

    /// <summary>Sends a form in with a state of any kind.</summary>
    public SlackInteraction SubmitState(string view, JsonObject values, string? user = null) => Send(() => _desk.Submit(FormOf(view), values.Copy(), UserOf(user)));

    /// <summary>The menu of a message, or a shortcut that stands nowhere.</summary>
    /// <param name="isOld">Its trigger can't be used any more.</param>
    public SlackInteraction Shortcut(string callbackId, string? ts = null, string? channel = null, string? user = null, bool isOld = false) => Send(() =>
    {
        var (home, message) = ts is null ? ((SlackChannel?)null, (JsonObject?)null) : Message(ts, channel);
        return _desk.Shortcut(callbackId, home, message, UserOf(user), isOld);
    });

    /// <summary>Any event.</summary>
    public SlackInteraction SendEvent(JsonObject inner, TimeSpan? deadline = null) => Send(() => _desk.Event(inner, deadline));

    /// <summary>Writes to the bot in a channel.</summary>
    public SlackInteraction Mention(string text, string? channel = null, string? user = null, string? thread = null) => Send(() =>
    {
        var home = ChannelOf(channel);
        var inner = Write(home, $"<@{_world.Bot.Id}> {text}", user, thread);
        inner["type"] = "app_mention";
        return _desk.Event(inner, null);
    });

    /// <summary>Writes to the bot alone.</summary>
    public SlackInteraction Say(string text, string? user = null, string? thread = null) => Send(() =>
    {
        var inner = Write(_world.Direct(UserOf(user).Id), text, user, thread);
        inner["channel_type"] = "im";
        return _desk.Event(inner, null);
    });

    /// <summary>Somebody writes in a channel, which is nothing that the bot is told.</summary>
    /// <returns>The ts.</returns>
    public string PostHumanMessage(string text, string? channel = null, string? user = null) => Locked(() => Write(ChannelOf(channel), text, user, null).Text("ts")!);

    /// <summary>Deletes a message, as an admin does.</summary>
    public void DeleteMessage(string channel, string ts) => Locked(() => _world.Channels[channel].Messages.Remove(_world.Channels[channel].Find(ts)!));

    /// <summary>The same, with a file.</summary>
    /// <returns>The ts.</returns>
    public string PostHumanFile(string name, byte[] bytes)
    {
        var (ts, file) = (PostHumanMessage(""), Upload(name, bytes));
        Locked(() => _world.Channel.Find(ts)!["files"] = new JsonArray(file));
        return ts;
    }

    /// <summary>Opens the Home page.</summary>
    public SlackInteraction OpenHome(string? user = null) => Send(() =>
    {
        var who = UserOf(user).Id;
        return _desk.Event(new JsonObject { ["type"] = "app_home_opened", ["user"] = who, ["channel"] = _world.Direct(who).Id, ["tab"] = "home", ["event_ts"] = _world.NextTs() }, null);
    });

    /// <summary>Sends the same again, as may happen.</summary>
    public void Repeat(SlackInteraction interaction) => Send(() => interaction);

    public SlackInteraction? Interaction(string id) => Locked(() => _desk.Find(id));

    public string AddChannel(string name, bool isPrivate = false, bool withBot = true) => Locked(() =>
    {
        var channel = _world.Add(new SlackChannel(_world.NextId("C"), name) { IsPrivate = isPrivate });
        if (!withBot)
        {
            channel.Members.Remove(_world.Bot.Id);
        }

        return channel.Id;
    });

    public string AddUser(string name, bool isAdmin = false) => Locked(() =>
    {
        var user = _world.Add(new SlackUser(_world.NextId("U"), name) { IsAdmin = isAdmin });
        foreach (var channel in _world.Channels.Values.Where(channel => channel.DirectUser is null))
        {
            channel.Members.Add(user.Id);
        }

        return user.Id;
    });

    /// <summary>Takes the app out of the workspace: its tokens end, and it is told so.</summary>
    public SlackInteraction Uninstall() => Send(() =>
    {
        _installs.RevokeAll();
        return _desk.Event(new JsonObject { ["type"] = "app_uninstalled" }, null);
    });

    /// <summary>The bytes of each file whose upload was ended.</summary>
    public IReadOnlyList<byte[]> Files => Locked(() => _world.Files.Values.Where(file => file.Completed).Select(file => file.Bytes!).ToList());

    /// <summary>Files that the bot showed in a channel, or in a person's direct messages: name and bytes.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> SharedFiles(string channel) =>
        Locked(() => _world.Shared.Where(file => file.Channel == Find(channel)?.Id).Select(file => (file.Name, file.Bytes)).ToList());

    /// <summary>Uploads a file as a person does in a form; gives what the form's field holds then.</summary>
    public JsonObject Upload(string name, byte[] bytes) => Locked(() =>
    {
        var id = _world.NextId("F");
        _world.Given[id] = (name, bytes);
        return new JsonObject
        {
            ["id"] = id,
            ["name"] = name,
            ["size"] = bytes.Length,
            ["url_private_download"] = new Uri(_world.Origin, $"files-pri/{id}").AbsoluteUri,
        };
    });

    /// <summary>The state of a form whose fields stand as they are, but for one that holds a file.</summary>
    public JsonObject StateWithFile(string view, string field, JsonObject file)
    {
        var state = Locked(() => SlackPayload.State(FormOf(view), new Dictionary<string, string>()));
        state[field] = new JsonObject { [field] = new JsonObject { ["type"] = "file_input", ["files"] = new JsonArray(file) } };
        return state;
    }

    public void Archive(string channel) => Locked(() => _world.Channels[channel].IsArchived = true);

    public void DeleteChannel(string channel) => Locked(() => _world.Channels.Remove(channel));

    /// <summary>Puts the bot into a channel, or takes it out.</summary>
    public void SetMember(string channel, bool isMember) => Locked(() =>
    {
        var members = _world.Channels[channel].Members;
        members.Remove(_world.Bot.Id);
        members.AddRange(isMember ? [_world.Bot.Id] : []);
    });

    public void Fault(SlackSocketFault fault)
    {
        Locked(() => _hub.Apply(fault));
        _changes.Raise();
    }

    private SlackInteraction Send(Func<SlackInteraction> make)
    {
        SlackInteraction interaction;
        lock (_world.Gate)
        {
            interaction = make();
            if (RequestUrl is null)
            {
                _hub.Send(interaction);
            }
        }

        if (RequestUrl is { } address)
        {
            _ = PostAsync(address, interaction, SlackDeliveryFlaw.None, 0, CancellationToken.None);
        }

        _changes.Raise();
        return interaction;
    }

    /// <summary>Posts an interaction to a bot that listens on HTTP, and takes the response as its acknowledgement.</summary>
    public async Task<(int Status, string Body)> PostAsync(Uri address, SlackInteraction interaction, SlackDeliveryFlaw flaw, int retry, CancellationToken cancellationToken)
    {
        var (raw, type) = SignedPost.Body(interaction);
        try
        {
            var answer = await _post.PostAsync(address, raw, type, flaw, TimeSpan.Zero, retry, cancellationToken).ConfigureAwait(false);
            if (answer.Status == 200)
            {
                lock (_world.Gate)
                {
                    interaction.Sent++;
                    _desk.Acknowledge(interaction, SignedPost.Payload(answer.Body));
                }
            }
            else
            {
                _log.Note([$"a delivery over HTTP was answered with {answer.Status}"]);
            }

            return answer;
        }
        catch (HttpRequestException exception)
        {
            return (0, exception.Message);
        }
        finally
        {
            _changes.Raise();
        }
    }

    /// <summary>Signs any body and posts it.</summary>
    /// <param name="skew">Added to the time that is signed.</param>
    public Task<(int Status, string Body)> DeliverAsync(Uri address, string raw, string contentType, SlackDeliveryFlaw flaw, TimeSpan skew, CancellationToken cancellationToken) =>
        _post.PostAsync(address, raw, contentType, flaw, skew, 0, cancellationToken);

    private JsonObject Write(SlackChannel channel, string text, string? user, string? thread)
    {
        var message = new JsonObject
        {
            ["type"] = "message",
            ["user"] = UserOf(user).Id,
            ["text"] = text,
            ["ts"] = _world.NextTs(),
            ["team"] = _world.TeamId,
        };
        if (thread is not null)
        {
            message["thread_ts"] = thread;
        }

        channel.Messages.Add(message);
        var inner = message.Copy();
        (inner["channel"], inner["event_ts"]) = (channel.Id, message.Text("ts"));
        return inner;
    }

    /// <summary>A button, or an option of a choice, by the beginning of its label.</summary>
    private static (JsonObject Element, string? Block, JsonNode? Chosen)? Use(JsonArray? blocks, string label)
    {
        foreach (var block in (blocks ?? []).OfType<JsonObject>())
        {
            foreach (var element in (block.List("elements") ?? []).OfType<JsonObject>().Concat(block.Map("accessory") is { } beside ? [beside] : []))
            {
                if (element.Map("text").Text("text")?.StartsWith(label, StringComparison.Ordinal) == true)
                {
                    return (element, block.Text("block_id"), null);
                }

                if ((element.List("options") ?? []).FirstOrDefault(option => option.Map("text").Text("text")?.StartsWith(label, StringComparison.Ordinal) == true) is { } option)
                {
                    return (element, block.Text("block_id"), option);
                }
            }
        }

        return null;
    }

    private (SlackChannel Channel, JsonObject Message) Message(string ts, string? channel)
    {
        if (_world.Ephemerals.Find(message => message.Text("ts") == ts) is { } hidden)
        {
            return (_world.Channels[hidden.Text("channel")!], hidden);
        }

        var home = channel is not null ? ChannelOf(channel) : _world.Channels.Values.FirstOrDefault(each => each.Find(ts) is not null);
        return home?.Find(ts) is { } found ? (home, found) : throw new InvalidOperationException($"There is no message {ts}.");
    }

    private JsonObject FormOf(string view) => _views.Find(view) ?? throw new InvalidOperationException($"No form {view} is open.");

    private SlackChannel ChannelOf(string? id) => id is null ? _world.Channel : Find(id) ?? throw new InvalidOperationException($"There is no channel {id}.");

    /// <summary>By its id; of a user's id the direct channel.</summary>
    private SlackChannel? Find(string id) => _world.Channels.GetValueOrDefault(id) ?? _world.Channels.Values.FirstOrDefault(direct => direct.DirectUser == id);

    private SlackUser UserOf(string? id) => id is null ? _world.Human : _world.Users.GetValueOrDefault(id) ?? throw new InvalidOperationException($"There is no person {id}.");

    private T Locked<T>(Func<T> read)
    {
        lock (_world.Gate)
        {
            return read();
        }
    }

    private void Locked(Action act)
    {
        lock (_world.Gate)
        {
            act();
        }
    }
}
