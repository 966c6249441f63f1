using System.Globalization;
using System.Text.Json;
using AlertBot.Emulators.Slack;

namespace AlertBot.Tests.Support;

/// <summary>The types of Slack's own packages that a recorded request and its answer must have.</summary>
internal static class SlackTypesOf
{
    public static IEnumerable<(string Type, string Json)> Request(SlackRequest request)
    {
        var name = string.Concat(request.Method.Split('.').Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]));
        yield return ($"webApi.{name}Arguments", request.Arguments.GetRawText());
        if (request.Answer is { } answer)
        {
            yield return ($"Words<webApi.{name}Response>", answer.GetRawText());
        }

        foreach (var holder in new[] { request.Arguments, request.Arguments.TryGetProperty("view", out var view) ? view : default }.Where(holder => holder.ValueKind == JsonValueKind.Object))
        {
            if (holder.TryGetProperty("blocks", out var blocks))
            {
                yield return ("slack.KnownBlock[]", blocks.GetRawText());
            }
        }
    }
}
