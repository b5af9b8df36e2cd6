-- How people prove who they are: what is told about a session, second factors, one-time links, invitations.
-- Times are milliseconds since 1970 UTC.

-- The name of a session for people: it is shown, and opens nothing. Sessions of before get one, too.
ALTER TABLE sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
UPDATE sessions SET id = 'ses_' || lower(hex(randomblob(10)));
CREATE UNIQUE INDEX sessions_id ON sessions (id);
-- From where it began; NULL when that is not known.
ALTER TABLE sessions ADD COLUMN ip TEXT;
ALTER TABLE sessions ADD COLUMN user_agent TEXT;
-- How the person proved who it is: `password`, `setup`, `invitation`, `oidc:<provider>`.
ALTER TABLE sessions ADD COLUMN method TEXT NOT NULL DEFAULT 'password';

CREATE TABLE second_factors (
    person       TEXT PRIMARY KEY NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- The secret that the app of the person has, too, sealed: it must be read again.
    secret       BLOB NOT NULL,
    -- NULL until the person has shown a code.
    since_ms     INTEGER,
    -- The step of 30 seconds of the last code that was accepted: neither it nor an earlier one is again.
    last_step    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
    person       TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    -- SHA-256 of a code, which holds 80 random bits. A code that was used is gone.
    code_hash    BLOB NOT NULL,
    PRIMARY KEY (person, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE links (
    -- SHA-256 of the kind and the link's secret, which holds 256 random bits.
    secret_hash  BLOB PRIMARY KEY NOT NULL,
    -- What it is for: `invitation`, `reset`, `portal`.
    kind         TEXT NOT NULL,
    -- The id of what it opens.
    subject      TEXT NOT NULL,
    created_ms   INTEGER NOT NULL,
    expires_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX links_subject ON links (kind, subject);

CREATE TABLE invitations (
    id           TEXT PRIMARY KEY NOT NULL,
    account      TEXT NOT NULL REFERENCES accounts (id),
    email        TEXT NOT NULL,
    -- The address in lower case: one invitation per address and account.
    folded       TEXT NOT NULL,
    role         TEXT NOT NULL,
    -- Which resources the member will see, as JSON of the API; NULL for everything that the role may see.
    resources    TEXT,
    -- When the membership will end; NULL: never.
    membership_expires_ms INTEGER,
    -- Who invited, as it was called then.
    inviter_id   TEXT NOT NULL,
    inviter_name TEXT NOT NULL,
    created_ms   INTEGER NOT NULL,
    expires_ms   INTEGER NOT NULL,
    UNIQUE (account, folded)
) STRICT, WITHOUT ROWID;

-- Who creates an account right now: whoever stands here at a start becomes its owner, for the process ended in between.
CREATE TABLE founders (
    account      TEXT PRIMARY KEY NOT NULL,
    person       TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
