-- Control data: what may be corrected and erased, beside the logs, which may not.
-- Times are milliseconds since 1970 UTC.

CREATE TABLE accounts (
    id          TEXT PRIMARY KEY NOT NULL,
    -- The id in lower case: two ids may not differ by case only.
    folded      TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    created_ms  INTEGER NOT NULL,
    time_zone   TEXT,
    week_start  TEXT,
    -- Names of packs, separated by spaces.
    packs_off   TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
    id           TEXT PRIMARY KEY NOT NULL,
    -- NULL: for the whole instance.
    account      TEXT REFERENCES accounts (id),
    name         TEXT NOT NULL,
    -- Names of permissions, separated by spaces.
    permissions  TEXT NOT NULL,
    -- SHA-256 of the token, which holds 256 random bits: there is nothing to guess.
    secret_hash  BLOB NOT NULL UNIQUE,
    prefix       TEXT NOT NULL,
    created_ms   INTEGER NOT NULL,
    expires_ms   INTEGER,
    last_used_ms INTEGER,
    revoked_ms   INTEGER
) STRICT, WITHOUT ROWID;
