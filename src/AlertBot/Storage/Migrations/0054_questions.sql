-- The last question of a talk, so that the next one can go on from it. Kept for a day.
CREATE TABLE asked_questions (
    place TEXT PRIMARY KEY,
    question TEXT NOT NULL,
    asked_at BIGINT NOT NULL
);
