-- Why words are somebody's, and whether they are given as such or told in other words.
ALTER TABLE quotes ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE quotes ADD COLUMN direct INTEGER NOT NULL DEFAULT 1;
