-- Which number a story bears in the index of words: 16 a second of its time, so that the order of the numbers is that of time.
CREATE TABLE search_documents (
    doc             INTEGER PRIMARY KEY,
    story_id        INTEGER NOT NULL UNIQUE
);

-- Stories whose words, tags or text have changed since they were indexed.
CREATE TABLE search_changes (
    story_id        INTEGER PRIMARY KEY
);

-- Stories from the one to the other are indexed; behind the newest come new ones, before the oldest is what was there when the index began.
CREATE TABLE search_progress (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    oldest_id       INTEGER NOT NULL,
    newest_id       INTEGER NOT NULL
);

CREATE VIRTUAL TABLE search_texts USING fts5 (title, body, marks, content = '', contentless_delete = 1, tokenize = 'porter ascii');
INSERT INTO search_texts (search_texts, rank) VALUES ('hashsize', 16777216);
INSERT INTO search_texts (search_texts, rank) VALUES ('automerge', 8);
