using System.Runtime.CompilerServices;

namespace AlertBot.Tests;

/// <summary>Compares what the product shows to the outside with an approved text, so that every change of it is seen in a diff.</summary>
internal static class Approved
{
    /// <summary>Fails where they differ, and writes what was received beside the approved file.</summary>
    public static void Text(string name, string received)
    {
        var approved = Path.Combine(AppContext.BaseDirectory, "Approved", name);
        if (!File.Exists(approved) || File.ReadAllText(approved) != received)
        {
            var source = Path.Combine(Path.GetDirectoryName(Here())!, "Approved");
            var folder = Directory.CreateDirectory(Directory.Exists(source) ? source : Path.GetDirectoryName(approved)!);
            File.WriteAllText(Path.Combine(folder.FullName, name + ".received"), received);
        }

        Assert.Equal(File.Exists(approved) ? File.ReadAllText(approved) : "", received);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
