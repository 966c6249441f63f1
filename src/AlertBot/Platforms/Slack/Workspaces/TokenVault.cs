using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace AlertBot.Platforms.Slack.Workspaces;

/// <summary>
/// Encrypts tokens for the database. The keys stand in a folder that only the bot's own account may read, so that a copy of
/// the database alone reveals nothing. What was encrypted for one workspace can't be read as another's.
/// https://learn.microsoft.com/aspnet/core/security/data-protection/
/// </summary>
internal sealed class TokenVault(string folder)
{
    // A folder that can't be made now may be there at the next try.
    private readonly Lazy<IDataProtectionProvider> _keys = new(() => Open(folder), LazyThreadSafetyMode.PublicationOnly);

    public string Folder => folder;

    public string Encrypt(string token, string workspace) => ProtectorOf(workspace).Protect(token);

    /// <returns>Null if the keys to it are not there.</returns>
    public string? Decrypt(string secret, string workspace)
    {
        try
        {
            return ProtectorOf(workspace).Unprotect(secret);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf(string workspace) => _keys.Value.CreateProtector("Slack", workspace);

    private static IDataProtectionProvider Open(string folder)
    {
        var path = Path.GetFullPath(folder);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return DataProtectionProvider.Create(new DirectoryInfo(path), keys => keys.SetApplicationName("AlertBot"));
    }
}
