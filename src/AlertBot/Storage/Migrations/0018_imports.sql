-- Files that somebody wants to import, from the time that the differences were shown until they are applied, a day at most.
CREATE TABLE imports (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    kind            TEXT    NOT NULL,                  -- feeds | config
    place           TEXT    NOT NULL,                  -- the community, or the channel where there is none, that it was shown in
    content         TEXT    NOT NULL,                  -- the file's text
    mode            TEXT    NOT NULL,                  -- merge | replace
    digest          TEXT    NOT NULL,                  -- of the differences as they were shown
    asked_by        TEXT    NOT NULL,
    asked_at        INTEGER NOT NULL,
    applied_at      INTEGER
);
