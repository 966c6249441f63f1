using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AlertBot.Storage;

/// <summary>
/// BM25 for FTS5 that is told how rare each phrase is. FTS5's own goes through all documents of every phrase first, to count them: tens of
/// milliseconds for common words in a million stories. https://www.sqlite.org/fts5.html#custom_auxiliary_functions
/// </summary>
internal static unsafe partial class SqliteRelevance
{
    private const string Library = "e_sqlite3";
    private const double Saturation = 1.2;
    private const double LengthShare = 0.75;
    private const int AllColumns = -1;
    private const int MostOnStack = 128;

    private static readonly ConditionalWeakTable<sqlite3, object> Known = [];

    /// <summary>
    /// What the function wants beside the table, phrase by phrase in the order of the expression; phrases behind them count nothing. Words that
    /// stand for one term count once where they stand at the same place.
    /// </summary>
    public static byte[] Terms(double titleWeight, IEnumerable<CountedPhrase> phrases, long all) =>
        MemoryMarshal.AsBytes<double>([titleWeight, .. phrases.SelectMany(p => (double[])[Rarity(p.Documents, all), p.Term])]).ToArray();

    /// <summary>Lets a connection use <c>relevance(search_texts, terms)</c>.</summary>
    public static void AddTo(SqliteConnection connection)
    {
        var handle = connection.Handle!;
        if (!Known.TryAdd(handle, Library))
        {
            return;
        }

        Api* api = null;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(handle, "SELECT fts5(?1)", out var statement), handle);
        using (statement)
        {
            fixed (byte* type = "fts5_api_ptr\0"u8)
            {
                SqliteException.ThrowExceptionForRC(BindPointer(statement.DangerousGetHandle(), 1, &api, type, 0), handle);
                raw.sqlite3_step(statement);
            }
        }

        fixed (byte* name = "relevance\0"u8)
        {
            SqliteException.ThrowExceptionForRC(api->CreateFunction(api, name, 0, &Weigh, 0), handle);
        }
    }

    private static double Rarity(long documents, long all) => Math.Max(1e-6, Math.Log((Math.Max(all, documents) - documents + 0.5) / (documents + 0.5)));

    // Nothing may be thrown here: SQLite is below.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Weigh(ExtensionApi* fts, nint row, nint context, int count, nint* values)
    {
        var terms = count == 1 ? new ReadOnlySpan<double>((void*)ValueBlob(values[0]), ValueBytes(values[0]) / sizeof(double)) : [];
        int instances, length;
        long documents, words;
        ResultDouble(
            context,
            terms.Length > 1 && fts->InstanceCount(row, &instances) == 0 && fts->ColumnSize(row, AllColumns, &length) == 0 && fts->RowCount(row, &documents) == 0 && fts->ColumnTotalSize(row, AllColumns, &words) == 0
                ? Relevance(fts, row, instances, terms, (double)length * documents / Math.Max(1, words))
                : 0);
    }

    /// <param name="length">Of the document, over that of all.</param>
    private static double Relevance(ExtensionApi* fts, nint row, int instances, ReadOnlySpan<double> terms, double length)
    {
        var phrases = (terms.Length - 1) / 2;
        var weights = phrases <= MostOnStack ? stackalloc double[phrases] : new double[phrases];
        var places = phrases <= MostOnStack ? stackalloc long[phrases] : new long[phrases];
        weights.Clear();
        places.Fill(-1);
        for (var i = 0; i < instances; i++)
        {
            int phrase, column, offset;
            if (fts->Instance(row, i, &phrase, &column, &offset) != 0 || phrase >= phrases)
            {
                continue;
            }

            var (term, place) = ((int)terms[(phrase * 2) + 2], ((long)column << 32) + offset);
            weights[term] += places[term] == place ? 0 : column == 0 ? terms[0] : 1;
            places[term] = place;
        }

        var (relevance, share) = (0.0, Saturation * (1 - LengthShare + (LengthShare * length)));
        for (var (phrase, last) = (0, -1); phrase < phrases; phrase++)
        {
            var term = (int)terms[(phrase * 2) + 2];
            relevance += term == last ? 0 : terms[(phrase * 2) + 1] * weights[term] * (Saturation + 1) / (weights[term] + share);
            last = term;
        }

        return relevance;
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_pointer")]
    private static partial int BindPointer(nint statement, int index, void* value, byte* type, nint destroy);

    [LibraryImport(Library, EntryPoint = "sqlite3_result_double")]
    private static partial void ResultDouble(nint context, double value);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_blob")]
    private static partial nint ValueBlob(nint value);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_bytes")]
    private static partial int ValueBytes(nint value);

    /// <summary>The beginning of <c>fts5_api</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Api
    {
        public int Version;
        public nint CreateTokenizer;
        public nint FindTokenizer;
        public delegate* unmanaged[Cdecl]<Api*, byte*, nint, delegate* unmanaged[Cdecl]<ExtensionApi*, nint, nint, int, nint*, void>, nint, int> CreateFunction;
    }

    /// <summary>The beginning of <c>Fts5ExtensionApi</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtensionApi
    {
        public int Version;
        public nint UserData;
        public nint ColumnCount;
        public delegate* unmanaged[Cdecl]<nint, long*, int> RowCount;
        public delegate* unmanaged[Cdecl]<nint, int, long*, int> ColumnTotalSize;
        public nint Tokenize;
        public nint PhraseCount;
        public nint PhraseSize;
        public delegate* unmanaged[Cdecl]<nint, int*, int> InstanceCount;
        public delegate* unmanaged[Cdecl]<nint, int, int*, int*, int*, int> Instance;
        public nint RowId;
        public nint ColumnText;
        public delegate* unmanaged[Cdecl]<nint, int, int*, int> ColumnSize;
    }
}
