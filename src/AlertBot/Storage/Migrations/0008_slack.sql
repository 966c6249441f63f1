-- Where the app is installed on Slack: in a workspace (T…), or in an Enterprise Grid organisation (E…) for all its workspaces.
CREATE TABLE slack_workspaces (
    workspace       TEXT    PRIMARY KEY,
    name            TEXT    NOT NULL,
    enterprise_id   TEXT,
    app_id          TEXT    NOT NULL,
    bot_user        TEXT    NOT NULL,
    token           TEXT,                              -- encrypted; null: taken away
    scopes          TEXT    NOT NULL,
    installed_by    TEXT    NOT NULL,
    installed_at    INTEGER NOT NULL,
    stopped_at      INTEGER,
    stopped_why     TEXT
);

-- Workspaces that the installation of their organisation serves.
CREATE TABLE slack_teams (
    team_id         TEXT    PRIMARY KEY,
    enterprise_id   TEXT    NOT NULL
);

-- Installations under way: the hash of what Slack has to bring back, once and within ten minutes.
CREATE TABLE slack_install_states (
    state_hash      TEXT    PRIMARY KEY,
    created_at      INTEGER NOT NULL
);

-- What Slack told already; a day's worth is kept.
CREATE TABLE slack_events (
    event_id        TEXT    PRIMARY KEY,
    seen_at         INTEGER NOT NULL
);
CREATE INDEX slack_events_by_time ON slack_events (seen_at);
