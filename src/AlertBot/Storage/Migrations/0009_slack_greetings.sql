-- Workspaces of Slack that the bot has greeted: once, in the first channel that it joined.
CREATE TABLE slack_greetings (
    team_id TEXT NOT NULL PRIMARY KEY,
    greeted_at INTEGER NOT NULL
);
