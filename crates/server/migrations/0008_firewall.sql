-- What an account adds to the secrets firewall, what the firewall took out of its events, and runs of the instance.
-- Times are milliseconds since 1970 UTC.

-- JSON as the API takes it; '{}' for what every account begins with.
ALTER TABLE accounts ADD COLUMN firewall TEXT NOT NULL DEFAULT '{}';

CREATE TABLE firewall_hits (
    account      TEXT NOT NULL REFERENCES accounts (id),
    -- The id of the rule, `token:github_pat`; never the secret.
    rule         TEXT NOT NULL,
    count        INTEGER NOT NULL,
    last_ms      INTEGER NOT NULL,
    PRIMARY KEY (account, rule)
) STRICT, WITHOUT ROWID;

-- The last run of the instance; stopped_ms is NULL until it ended by itself.
CREATE TABLE runs (
    id           INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    started_ms   INTEGER NOT NULL,
    stopped_ms   INTEGER
) STRICT;
