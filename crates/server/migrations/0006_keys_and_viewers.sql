-- What keys do not see and from where they work, their rotation, and the tokens and links of viewers.

-- Names of facets, and networks; both separated by spaces, and empty for nothing.
ALTER TABLE keys ADD COLUMN hide TEXT NOT NULL DEFAULT '';
ALTER TABLE keys ADD COLUMN networks TEXT NOT NULL DEFAULT '';
-- Ids of keys.
ALTER TABLE keys ADD COLUMN rotated_from TEXT;
ALTER TABLE keys ADD COLUMN replaced_by TEXT;

CREATE TABLE viewer_tokens (
    id           TEXT PRIMARY KEY NOT NULL,
    account      TEXT NOT NULL REFERENCES accounts (id),
    -- `token`; `link` until a portal link is opened, `session` from then on.
    kind         TEXT NOT NULL,
    -- SHA-256 of the token, the code of the link or the cookie, each with 256 random bits.
    secret_hash  BLOB NOT NULL UNIQUE,
    -- `key` or `person`, its id, and its name then.
    maker_kind   TEXT NOT NULL,
    maker        TEXT NOT NULL,
    maker_name   TEXT NOT NULL,
    -- JSON: who views, what it may do and see, and how it is shown.
    rights       TEXT NOT NULL,
    created_ms   INTEGER NOT NULL,
    expires_ms   INTEGER NOT NULL,
    -- How long the session of a link lasts.
    session_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
