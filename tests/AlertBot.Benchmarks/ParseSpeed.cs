using System.Diagnostics;
using System.Text.Json;
using System.Xml;
using AlertBot.Feeds;
using AlertBot.Feeds.Formats;
using AlertBot.Feeds.Markup;

namespace AlertBot.Benchmarks;

/// <summary>
/// How fast feeds are read, from bytes in memory to entries, on one thread. The bare pass of .NET's own readers over the same
/// documents is the measure: it keeps nothing.
/// </summary>
internal static class ParseSpeed
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
        CheckCharacters = false,
    };

    public static int Run(Options options)
    {
        var root = options.Text("--root");
        var documents = FeedFolder.Read(root, options.Number("--limit", int.MaxValue));
        var megabytes = documents.Sum(document => (long)document.Length) / 1e6;
        var address = new Uri("https://feeds.example/");
        var passes = Wanted(options.Text("--lib"), address).ToDictionary(pass => pass.Key, pass => new Pass(pass.Value));

        // By turns, so that a busy machine slows all of them alike.
        for (var i = 0; i < options.Number("--passes", 5) + 2; i++)
        {
            foreach (var pass in passes.Values)
            {
                pass.Run(documents, isCounted: i > 1);
            }
        }

        foreach (var (name, pass) in passes)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                name = "parse",
                lib = name,
                documents = documents.Count,
                mb = Math.Round(megabytes, 2),
                mb_per_s = Math.Round(megabytes / pass.Median, 1),
                max = Math.Round(megabytes / pass.Best, 1),
                mb_per_cpu_s = Math.Round(megabytes / pass.Processor, 1),
                of_xmlreader = passes.TryGetValue("xmlreader", out var bare) ? Math.Round(bare.Processor / pass.Processor, 2) : (double?)null,
                entries = pass.Entries,
                errors = pass.Errors,
                allocated_per_byte = Math.Round(pass.Allocated / 1e6 / megabytes, 2),
                peak_mb = Math.Round(Measured.PeakMegabytes(), 1),
            }));
        }

        return 0;
    }

    private static IEnumerable<KeyValuePair<string, Func<byte[], int>>> Wanted(string? lib, Uri address)
    {
        KeyValuePair<string, Func<byte[], int>>[] all = [new("ours", bytes => Ours(bytes, address)), new("before-cleaning", bytes => BeforeCleaning(bytes, address)), new("xmlreader", Bare)];
        var wanted = all.Where(pass => lib is null || pass.Key == lib).ToList();
        return wanted.Count > 0 ? wanted : throw new InvalidDataException($"there is no --lib {lib}; there are {string.Join(", ", all.Select(pass => pass.Key))}");
    }

    // How many entries; negative for an error.
    private static int Ours(byte[] bytes, Uri address) =>
        FeedParser.Parse(new FeedDocument(bytes, null, address)) is FeedReading.Parsed { Feed: var feed } ? feed.Entries.Count : -1;

    // The parser's own steps with their dates and links, and of every text only what the feed says, not what it means.
    private static int BeforeCleaning(byte[] bytes, Uri address)
    {
        var document = new FeedDocument(bytes, null, address);
        if (document.LooksLikeJson)
        {
            return document.Json?.Objects("items").Count(item => Field(item.Text("date_published"), item.Text("url"), item.Text("title") + item.Text("content_html"))) ?? -1;
        }

        return XmlFeed.Root(document) is null ? -1 : Entries(document.Markup);

        int Entries(MarkupElement parent)
        {
            var entries = 0;
            foreach (var child in parent.Elements)
            {
                entries += !FeedShape.IsItem(child.Name) ? Entries(child) : child.Elements.Any(Element) ? 1 : 0;
            }

            return entries;
        }

        bool Element(MarkupElement field) => field.Name switch
        {
            "pubdate" or "published" or "updated" or "date" => Field(field.Text, null, ""),
            "link" or "guid" or "id" => Field(null, field.Attribute("href") ?? field.Text, ""),
            _ => Field(null, null, field.Text),
        };

        bool Field(string? date, string? link, string text) =>
            (date is not null && FeedDates.TryParse(date, out _)) | (link is not null && FeedLinks.Resolve(link, address) is not null) | text.Length > 0;
    }

    private static int Bare(byte[] bytes)
    {
        try
        {
            return bytes is [(byte)'{', ..] ? JsonElement.Parse(bytes).GetProperty("items").GetArrayLength() : Items(bytes);
        }
        catch (Exception e) when (e is XmlException or JsonException)
        {
            return -1;
        }

        static int Items(byte[] bytes)
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes, writable: false), Settings);
            var (items, characters) = (0, 0L);
            while (reader.Read())
            {
                items += reader.NodeType == XmlNodeType.Element && reader.LocalName is "item" or "entry" ? 1 : 0;
                characters += reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA ? reader.Value.Length : 0;
            }

            return characters > 0 ? items : 0;
        }
    }

    private sealed class Pass(Func<byte[], int> read)
    {
        private readonly List<double> _seconds = [];
        private readonly List<double> _processor = [];

        public int Entries { get; private set; }

        public int Errors { get; private set; }

        public long Allocated { get; private set; }

        public double Median => _seconds.Order().ElementAt(_seconds.Count / 2);

        public double Processor => _processor.Order().ElementAt(_processor.Count / 2);

        public double Best => _seconds.Min();

        public void Run(IReadOnlyList<byte[]> documents, bool isCounted)
        {
            (Entries, Errors) = (0, 0);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var processor = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            foreach (var document in documents)
            {
                var entries = read(document);
                Entries += Math.Max(0, entries);
                Errors += entries < 0 ? 1 : 0;
            }

            if (isCounted)
            {
                _seconds.Add(watch.Elapsed.TotalSeconds);
                _processor.Add((Environment.CpuUsage.TotalTime - processor).TotalSeconds);
            }

            Allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }
    }
}
