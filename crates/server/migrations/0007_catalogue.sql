-- What an account decides about actions: declarations of its own, further names, deprecations.
-- Times are milliseconds since 1970 UTC.

CREATE TABLE catalogue_versions (
    account      TEXT NOT NULL REFERENCES accounts (id),
    action       TEXT NOT NULL,
    -- 1 for the first decision about an action; the highest one is in force.
    version      INTEGER NOT NULL,
    -- What was done: declare, change, remove, deprecate, restore, alias, unalias.
    change       TEXT NOT NULL,
    changed_ms   INTEGER NOT NULL,
    -- Whoever did it, as it was called then.
    by_id        TEXT NOT NULL,
    by_name      TEXT NOT NULL,
    -- Everything that is decided about the action since then, as JSON; '{}' when nothing is.
    decided      TEXT NOT NULL,
    PRIMARY KEY (account, action, version)
) STRICT, WITHOUT ROWID;

-- 1 when only declared actions and fields are accepted.
ALTER TABLE accounts ADD COLUMN catalog_strict INTEGER NOT NULL DEFAULT 0;
