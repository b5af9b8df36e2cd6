-- People whom a provider of OpenID Connect vouches for, and what its rules have made of them.
-- Times are milliseconds since 1970 UTC.

CREATE TABLE identities (
    -- The id of the provider in the configuration.
    provider     TEXT NOT NULL,
    -- What the provider calls the person, and nobody else ever (OpenID Connect Core 1.0, section 2).
    subject      TEXT NOT NULL,
    person       TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_ms   INTEGER NOT NULL,
    PRIMARY KEY (provider, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_person ON identities (person);

-- The id of the provider whose rules gave the membership; NULL when somebody gave it.
ALTER TABLE memberships ADD COLUMN source TEXT;
