using System.Globalization;
using System.Text;
using AlertBot.Commands.Registers;
using AlertBot.Knowledge;

namespace AlertBot.Commands;

/// <summary><c>alertbot knowledge import</c>: makes a knowledge file of a register, or brings one up to date; whole or not at all.</summary>
internal static class KnowledgeImportVerb
{
    private const int Done = 0;
    private const int NothingWritten = 1;
    private const int WrongUsage = 2;

    private const string Usage = """
        Usage: alertbot knowledge import --from csv|wikidata|opensanctions FILE [--into FILE-or-FOLDER] [--dry-run]

        Makes actors of a register and writes them as a knowledge file. FILE may be of any size, and packed with gzip (.gz).

          --from csv            A table with a header row: name and kind (person, organization, country), and if you like slug,
                                id, surname, aliases (separated by ;), role, of, from, to, country, demonyms, capital,
                                metonyms. Rows of one slug, id or name are one actor with several offices.
          --from wikidata       Entities as JSON, one a line (as in dumps) or {"entities":{…}}; or the JSON result of a SPARQL
                                query with ?item ?itemLabel and if you like ?itemAltLabel ?kind ?familyNameLabel ?positionLabel
                                ?ofLabel ?countryLabel ?start ?end.
          --from opensanctions  Entities as JSON lines (FollowTheMoney): Person, Organization, Company, PublicBody, Country,
                                and Occupancy with Position for dated offices.
          --into FILE           The knowledge file to make or bring up to date. Only a file that an import wrote is written
                                anew. Without --into the file goes to standard output.
          --into FOLDER         The same with FOLDER/imported-REGISTER.yaml. Actors of the folder's other files stay as they are.
          --dry-run             Tells what would be added and changed, and writes nothing.

        An actor is known by its ids ("ids" in the file): at the next import it keeps its slug, whatever it is called then.
        Where anything in FILE can't be read, its place is told and nothing is written.

        Exit code: 0 done, 1 FILE or the knowledge has faults and nothing was written, 2 wrong usage.
        """;

    private static readonly IRegister[] Registers = [new CsvRegister(), new WikidataRegister(), new OpenSanctionsRegister()];

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, TimeProvider time, CancellationToken ct)
    {
        var given = VerbArguments.Read(args, ["--from", "--into"], ["--dry-run"], out var wrong);
        if (given is { WantsHelp: true })
        {
            await output.WriteLineAsync(Usage.AsMemory(), ct);
            return Done;
        }

        var register = Array.Find(Registers, register => register.Name == given?["--from"]);
        if (given?.Rest is not [var file] || register is null)
        {
            var names = string.Join(", ", Registers.Select(one => one.Name));
            return await FailAsync(wrong.Length > 0 ? wrong : register is null ? $"Give --from with one of {names}." : "Give one file.");
        }

        if (!File.Exists(file))
        {
            return await FailAsync($"There is no file '{file}'.");
        }

        var target = ImportTarget.Of(given["--into"], register.Name, out wrong);
        return target is null ? await FailAsync(wrong) : await ImportAsync(register, file, target, given.Has("--dry-run"), output, error, time, ct);

        async Task<int> FailAsync(string why)
        {
            await error.WriteLineAsync($"alertbot knowledge import: {why}{Environment.NewLine}{Environment.NewLine}{Usage}");
            return WrongUsage;
        }
    }

    private static async Task<int> ImportAsync(
        IRegister register, string file, ImportTarget target, bool isDryRun, TextWriter output, TextWriter error, TimeProvider time, CancellationToken ct)
    {
        var known = target.ReadKnown();
        known.Faults.AddRange(known.Topics.Where(topic => topic.File == target.Path).Take(1)
            .Select(topic => new KnowledgeFault(topic.File, topic.Line, "the file holds topics, which an import does not write: move them to another file")));
        if (known.Faults.Count > 0)
        {
            return await RefuseAsync(known.Faults, error);
        }

        var progress = new Progress(error, time, "entries");
        var notes = new RegisterNotes { OnRead = progress.Report };
        List<RegisterActor> actors;
        try
        {
            actors = [.. register.Read(file, notes)];
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return await RefuseAsync([new KnowledgeFault(file, 1, $"the file cannot be read: {unread.Message}")], error);
        }

        if (notes.Faults.Count > 0)
        {
            return await RefuseAsync(notes.Faults, error);
        }

        var plan = new RegisterMerge(known, target.Path ?? "", notes).Merge(actors);
        ct.ThrowIfCancellationRequested();
        var yaml = new StringWriter(new StringBuilder(), CultureInfo.InvariantCulture);
        KnowledgeYaml.Write(plan.Actors, yaml);
        var summary = target.Path is null ? error : output;
        ImportSummary.Write(plan, notes, isDryRun, summary);
        if (isDryRun)
        {
            await summary.WriteLineAsync("dry run: nothing was written");
        }
        else if (target.Path is null)
        {
            await output.WriteAsync(yaml.ToString().AsMemory(), ct);
        }
        else if (target.Write(yaml.ToString()) is { Count: > 0 } faults)
        {
            return await RefuseAsync(faults, error);
        }
        else
        {
            await summary.WriteLineAsync($"wrote {target.Path}: {plan.Actors.Count} actors");
        }

        return Done;
    }

    private static async Task<int> RefuseAsync(IReadOnlyList<KnowledgeFault> faults, TextWriter error)
    {
        foreach (var fault in faults)
        {
            await error.WriteLineAsync(fault.ToString());
        }

        await error.WriteLineAsync("nothing was written");
        return NothingWritten;
    }
}
