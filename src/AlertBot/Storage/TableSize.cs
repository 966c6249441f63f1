namespace AlertBot.Storage;

/// <summary>The room that a table takes.</summary>
/// <param name="Bytes">With its indexes; of SQLite reckoned from the rows and what the file holds in all.</param>
/// <param name="IndexBytes">Those of its indexes alone.</param>
internal sealed record TableSize(string Name, long Rows, long Bytes, long IndexBytes);
