using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace AlertBot.Storage;

/// <summary>
/// The connection that writes. It keeps its statements as SQLite has compiled them, so that the one that stores the thousandth
/// story costs no more than its work. For one transaction after another.
/// </summary>
internal sealed class WriterConnection(SqliteConnection inner) : DbConnection
{
    // The program has fewer texts; should one be made of values, it does not stay.
    private const int MostKept = 300;

    private readonly Dictionary<string, SqliteCommand> _kept = new(StringComparer.Ordinal);

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override void Close() => inner.Close();

    public override void Open() => inner.Open();

    /// <summary>A compiled statement, or a new command that will be one; nobody else has it until it is given back.</summary>
    public SqliteCommand Take(string text)
    {
        if (_kept.Remove(text, out var command))
        {
            return command;
        }

        command = inner.CreateCommand();
        command.CommandText = text;
        return command;
    }

    public void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (_kept.Count >= MostKept || !_kept.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new WriterTransaction(this, inner.BeginTransaction(isolationLevel));

    protected override DbCommand CreateDbCommand() => new WriterCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _kept.Values)
            {
                command.Dispose();
            }

            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class WriterTransaction(WriterConnection connection, SqliteTransaction inner) : DbTransaction
    {
        public SqliteTransaction Inner => inner;

        public override IsolationLevel IsolationLevel => inner.IsolationLevel;

        protected override DbConnection DbConnection => connection;

        public override void Commit() => inner.Commit();

        public override void Rollback() => inner.Rollback();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class WriterCommand(WriterConnection connection) : DbCommand
    {
        private WriterTransaction? _transaction;
        private SqliteCommand? _inner;
        private bool _isKept = true;

        [AllowNull]
        public override string CommandText
        {
            get => _inner?.CommandText ?? "";
            set
            {
                if (_inner is null)
                {
                    _inner = connection.Take(value!);
                    _inner.Transaction = _transaction?.Inner;
                    return;
                }

                // A list was spread over a text that had its parameters already: such a text seldom comes again.
                _isKept = false;
                _inner.CommandText = value;
            }
        }

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection
        {
            get => connection;
            set => throw new NotSupportedException();
        }

        protected override DbParameterCollection DbParameterCollection => Inner.Parameters;

        protected override DbTransaction? DbTransaction
        {
            get => _transaction;
            set => _transaction = (WriterTransaction?)value;
        }

        private SqliteCommand Inner => _inner ?? throw new InvalidOperationException("The command has no text.");

        public override void Cancel() => Inner.Cancel();

        public override int ExecuteNonQuery() => Inner.ExecuteNonQuery();

        public override object? ExecuteScalar() => Inner.ExecuteScalar();

        public override void Prepare() => Inner.Prepare();

        protected override DbParameter CreateDbParameter() => Inner.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Inner.ExecuteReader(behavior);

        protected override void Dispose(bool disposing)
        {
            if (disposing && _inner is { } inner)
            {
                _inner = null;
                if (_isKept)
                {
                    connection.GiveBack(inner);
                }
                else
                {
                    inner.Dispose();
                }
            }

            base.Dispose(disposing);
        }
    }
}
