-- By what each feed's entries are known again, as 64-bit hashes: the guid, and what the item says. Never pruned.
CREATE TABLE entry_keys (
    feed_id         INTEGER NOT NULL REFERENCES feeds (id),
    entry_key       INTEGER NOT NULL,
    story_id        INTEGER NOT NULL REFERENCES stories (id),
    PRIMARY KEY (feed_id, entry_key)
) WITHOUT ROWID;

-- Further canonical links of stories, beside the one that may be the story's key.
CREATE TABLE story_links (
    link            TEXT    PRIMARY KEY,
    story_id        INTEGER NOT NULL REFERENCES stories (id)
) WITHOUT ROWID;

-- What was found out against a feed: its guids or links stand for several items.
CREATE TABLE feed_trust (
    feed_id         INTEGER PRIMARY KEY REFERENCES feeds (id),
    guids_repeat    INTEGER NOT NULL,
    links_repeat    INTEGER NOT NULL
);

-- What each feed has brought. Never pruned.
CREATE TABLE brought_stories (
    feed_id         INTEGER NOT NULL REFERENCES feeds (id),
    story_id        INTEGER NOT NULL REFERENCES stories (id),
    content_hash    INTEGER,                           -- of its title and text as last seen: a change is an edit; null: stored by an older version
    text_hash       INTEGER,                           -- of its text alone
    first_seen_at   INTEGER NOT NULL,
    PRIMARY KEY (feed_id, story_id)
) WITHOUT ROWID;
INSERT INTO brought_stories (feed_id, story_id, first_seen_at) SELECT feed_id, story_id, MIN(first_seen_at) FROM feed_entries GROUP BY feed_id, story_id;
DROP TABLE feed_entries;
CREATE INDEX brought_stories_of_story ON brought_stories (story_id);
