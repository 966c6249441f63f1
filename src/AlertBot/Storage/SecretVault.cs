using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace AlertBot.Storage;

/// <summary>
/// Encrypts what is secret in the database. The keys stand in a folder that only the bot's own account may read, so that a copy
/// of the database alone reveals nothing. What was encrypted for one purpose can't be read for another.
/// https://learn.microsoft.com/aspnet/core/security/data-protection/
/// </summary>
internal sealed class SecretVault(string folder)
{
    // A folder that can't be made now may be there at the next try.
    private readonly Lazy<IDataProtectionProvider> _keys = new(() => Open(folder), LazyThreadSafetyMode.PublicationOnly);

    public string Folder => folder;

    /// <param name="purpose">Whose it is, from the general to the particular: <c>Slack, T123</c>.</param>
    public string Encrypt(string secret, params string[] purpose) => _keys.Value.CreateProtector(purpose).Protect(secret);

    /// <returns>Null if the keys to it are not there.</returns>
    public string? Decrypt(string encrypted, params string[] purpose)
    {
        try
        {
            return _keys.Value.CreateProtector(purpose).Unprotect(encrypted);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

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
