namespace AlertBot.Commands.Demo;

/// <summary>The options of the demo; what looks like <c>--Section:Key=value</c> is a setting.</summary>
internal sealed record DemoArguments(bool Fast, bool ExitWhenIdle, string? Data, string? Transcript, IReadOnlyList<string> Settings)
{
    /// <summary>Null where something is unknown or lacks its value.</summary>
    public static DemoArguments? Parse(IReadOnlyList<string> args)
    {
        var wanted = new DemoArguments(false, false, null, null, []);
        for (var i = 0; i < args.Count; i++)
        {
            var value = i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[i + 1] : null;
            switch (args[i])
            {
                case "--fast":
                    wanted = wanted with { Fast = true };
                    break;
                case "--exit-when-idle":
                    wanted = wanted with { ExitWhenIdle = true };
                    break;
                case "--data" when value is not null:
                    wanted = wanted with { Data = value };
                    i++;
                    break;
                case "--transcript" when value is not null:
                    wanted = wanted with { Transcript = value };
                    i++;
                    break;
                case var setting when setting.StartsWith("--", StringComparison.Ordinal) && setting.Contains(':', StringComparison.Ordinal) && setting.Contains('=', StringComparison.Ordinal):
                    wanted = wanted with { Settings = [.. wanted.Settings, setting] };
                    break;
                default:
                    return null;
            }
        }

        return wanted;
    }
}
