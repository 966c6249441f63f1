-- What moderators changed of the actors in the knowledge files. Those that were not taken back are laid over the files in this order.
CREATE TABLE actor_edits (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    slug            TEXT    NOT NULL,                  -- may name an actor that the files no longer have
    old_fields      TEXT    NOT NULL,                  -- JSON of the changed fields as they were
    new_fields      TEXT    NOT NULL,                  -- JSON of the same fields as they became
    edited_by       TEXT    NOT NULL,
    edited_at       INTEGER NOT NULL,
    undone_by       TEXT,
    undone_at       INTEGER
);
CREATE INDEX actor_edits_of_actor ON actor_edits (slug, id);
