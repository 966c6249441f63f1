namespace AlertBot.Emulators.Discord.World;

/// <summary>A file that came with a request as files[n].</summary>
internal sealed record UploadedFile(int Number, string Name, string Type, byte[] Bytes);
