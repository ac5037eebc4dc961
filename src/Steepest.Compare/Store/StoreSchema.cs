namespace Steepest.Compare.Store;

/// <summary>The tables of a store, and how an older one becomes this.</summary>
internal static class StoreSchema
{
    /// <summary>Marks a database as a store: the letters "stee".</summary>
    public const int ApplicationId = 0x73746565;

    /// <summary>What each version adds to the one before; the version of a store is how many of them it has. What was published is never changed.</summary>
    public static IReadOnlyList<string> Versions { get; } =
    [
        """
        CREATE TABLE trials (
            key BLOB PRIMARY KEY,          -- hash of all that decides the result
            description TEXT NOT NULL,     -- what was hashed, as JSON
            task TEXT NOT NULL,            -- the rest is for lists
            optimizer TEXT NOT NULL,
            learning_rate TEXT NOT NULL,
            final REAL,                    -- the metric; NULL where it is not finite
            best REAL,
            diverged_at INTEGER,           -- epoch
            epochs INTEGER NOT NULL,
            seconds REAL NOT NULL,
            machine TEXT NOT NULL,
            kept_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- In a table of their own, so that a list of trials does not read them.
        CREATE TABLE curves (
            key BLOB PRIMARY KEY REFERENCES trials ON DELETE CASCADE,
            result BLOB NOT NULL
        ) STRICT;

        CREATE TABLE experiments (
            name TEXT PRIMARY KEY,
            description TEXT NOT NULL,     -- as JSON
            looks TEXT NOT NULL            -- when it was begun and grew, and to how many repeats, as JSON
        ) STRICT;

        -- Who enters which task; without a row a contender cannot.
        CREATE TABLE experiment_entries (
            experiment TEXT NOT NULL REFERENCES experiments ON DELETE CASCADE,
            task TEXT NOT NULL,
            contender TEXT NOT NULL,
            trials INTEGER NOT NULL,       -- in each repeat
            PRIMARY KEY (experiment, task, contender)
        ) STRICT, WITHOUT ROWID;

        -- What a trial is to an experiment; several may use one trial, and it may be named before it is computed.
        CREATE TABLE experiment_trials (
            experiment TEXT NOT NULL REFERENCES experiments ON DELETE CASCADE,
            task TEXT NOT NULL,
            contender TEXT NOT NULL,
            repeat INTEGER NOT NULL,
            role TEXT NOT NULL,
            n INTEGER NOT NULL,
            setting TEXT NOT NULL,
            key BLOB NOT NULL,
            PRIMARY KEY (experiment, task, contender, repeat, role, n, setting)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX experiment_trials_key ON experiment_trials (key);
        """,
    ];
}
