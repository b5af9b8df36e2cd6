-- People who sign in, and what they keep: memberships, sessions, saved views, preferences.
-- Times are milliseconds since 1970 UTC.

CREATE TABLE people (
    id           TEXT PRIMARY KEY NOT NULL,
    email        TEXT NOT NULL,
    -- The address in lower case: one person per address.
    folded       TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    -- Argon2id in the PHC string format.
    password     TEXT NOT NULL,
    -- 1 for those who may create accounts.
    operator     INTEGER NOT NULL,
    created_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
    person       TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    account      TEXT NOT NULL REFERENCES accounts (id),
    role         TEXT NOT NULL,
    created_ms   INTEGER NOT NULL,
    PRIMARY KEY (person, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    -- SHA-256 of the cookie's token, which holds 256 random bits: there is nothing to guess.
    secret_hash  BLOB PRIMARY KEY NOT NULL,
    person       TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_ms   INTEGER NOT NULL,
    used_ms      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE views (
    id           TEXT PRIMARY KEY NOT NULL,
    account      TEXT NOT NULL REFERENCES accounts (id),
    -- Whoever made it. No reference: a shared view stays when its maker goes.
    person       TEXT NOT NULL,
    name         TEXT NOT NULL,
    shared       INTEGER NOT NULL,
    -- JSON as the API takes it.
    query        TEXT NOT NULL,
    columns      TEXT,
    updated_ms   INTEGER NOT NULL,
    UNIQUE (account, person, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE preferences (
    person       TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    account      TEXT NOT NULL REFERENCES accounts (id),
    -- JSON as the API takes it.
    preferences  TEXT NOT NULL,
    PRIMARY KEY (person, account)
) STRICT, WITHOUT ROWID;

-- Which columns a list of events shows to whoever has not chosen.
ALTER TABLE accounts ADD COLUMN column_set TEXT NOT NULL DEFAULT 'account';

-- Who made a key, as it was called then; NULL for keys of before.
ALTER TABLE keys ADD COLUMN created_by_id TEXT;
ALTER TABLE keys ADD COLUMN created_by_name TEXT;
