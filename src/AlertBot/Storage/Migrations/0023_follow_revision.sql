-- One row, whose number grows with every change of a follow: whoever has the follows in memory compares it.
CREATE TABLE follow_revision (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    number          INTEGER NOT NULL
);
