namespace AlertBot.Commands;

/// <summary>Where settings come from, for every verb the same; later ones win.</summary>
internal static class ProgramSettings
{
    /// <param name="fixedSettings">Settings of the verb; only <paramref name="args"/> wins over them.</param>
    /// <param name="args">Settings as <c>--Section:Key=value</c>.</param>
    public static void Add(IConfigurationBuilder settings, string environment, IReadOnlyDictionary<string, string?> fixedSettings, IReadOnlyList<string> args)
    {
        settings.AddJsonFile("appsettings/appsettings.json", optional: true);
        settings.AddJsonFile($"appsettings/appsettings.{environment}.json", optional: true);
        settings.AddUserSecrets(typeof(ProgramSettings).Assembly, optional: true);
        settings.AddEnvironmentVariables();
        settings.AddInMemoryCollection(fixedSettings);
        settings.AddCommandLine([.. args]);
    }

    /// <summary>The settings by themselves, for verbs that start no bot.</summary>
    public static IConfiguration Read(IReadOnlyList<string> args)
    {
        var settings = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory);
        Add(settings, Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Production, new Dictionary<string, string?>(), args);
        return settings.Build();
    }
}
