-- What a server or workspace chose for itself; it is written platform:id.
CREATE TABLE communities (
    community       TEXT    PRIMARY KEY,
    moderator_role  TEXT,                              -- the platform's id of the role; null: none
    changed_by      TEXT    NOT NULL,
    changed_at      INTEGER NOT NULL
);

-- Where feeds were fetched before they moved, so that a curated list that names an old address adds no feed twice.
CREATE TABLE former_feed_addresses (
    url             TEXT    PRIMARY KEY,
    feed_id         INTEGER NOT NULL REFERENCES feeds (id)
);
