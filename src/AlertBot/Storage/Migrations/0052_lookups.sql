-- About how many stories have each word, and each mark behind a §; the empty word has them all. What is changed or forgotten stays counted.
CREATE TABLE search_words (
    word            TEXT    PRIMARY KEY,
    documents       INTEGER NOT NULL
) WITHOUT ROWID;

-- The words of all stories are counted as they are indexed: the index is made anew behind the archive.
DELETE FROM search_progress;
DELETE FROM search_changes;
DELETE FROM search_documents;
DROP TABLE search_texts;
CREATE VIRTUAL TABLE search_texts USING fts5 (title, body, marks, content = '', contentless_delete = 1, tokenize = 'porter ascii');
INSERT INTO search_texts (search_texts, rank) VALUES ('hashsize', 16777216);
INSERT INTO search_texts (search_texts, rank) VALUES ('automerge', 8);

-- Tags of stories whose text is forgotten are passed over without reading the story.
ALTER TABLE tags ADD COLUMN is_pruned INTEGER NOT NULL DEFAULT 0;
UPDATE tags SET is_pruned = 1 WHERE story_id IN (SELECT id FROM stories WHERE pruned_at IS NOT NULL);
DROP INDEX tags_newest;
CREATE INDEX tags_newest ON tags (kind, slug, sorted_at DESC, story_id DESC, is_pruned);

-- Words have their story's time, so that the newest of a speaker, or of a stretch of time, are one index walk.
ALTER TABLE quotes ADD COLUMN sorted_at INTEGER NOT NULL DEFAULT 0;
UPDATE quotes SET sorted_at = (SELECT s.sorted_at FROM stories s WHERE s.id = quotes.story_id);
DROP INDEX quotes_of_speaker;
CREATE INDEX quotes_of_speaker ON quotes (speaker, sorted_at DESC, story_id DESC) WHERE speaker IS NOT NULL;

-- A story is named by its link, too, where that is not the key already.
CREATE INDEX stories_by_link ON stories (link) WHERE link <> story_key;
