-- What Discord was told of the bot's commands, so that it is told again only when they changed.
CREATE TABLE discord_applications (
    application_id  TEXT    PRIMARY KEY,
    commands_hash   TEXT    NOT NULL
);

-- Servers that were greeted.
CREATE TABLE discord_guilds (
    guild_id        TEXT    PRIMARY KEY,
    greeted_at      INTEGER NOT NULL
);

-- Commands of buttons that are too long for a button's own id.
CREATE TABLE discord_commands (
    command_key     TEXT    PRIMARY KEY,               -- the beginning of the line's hash
    line            TEXT    NOT NULL
);
