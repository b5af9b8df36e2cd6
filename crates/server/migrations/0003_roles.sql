-- Roles of accounts, what a membership is confined to, and who may view a log.

CREATE TABLE roles (
    account      TEXT NOT NULL REFERENCES accounts (id),
    -- `role_…`; or the id of a built-in role that has been given another name, of which nothing but the name counts.
    id           TEXT NOT NULL,
    name         TEXT NOT NULL,
    -- Names of permissions and of facets, separated by spaces.
    permissions  TEXT NOT NULL,
    hide         TEXT NOT NULL,
    created_ms   INTEGER NOT NULL,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- JSON: a list of {type, id}; NULL for everything that the role may see.
ALTER TABLE memberships ADD COLUMN resources TEXT;
-- NULL: until it is ended.
ALTER TABLE memberships ADD COLUMN expires_ms INTEGER;

-- Ids of the roles that may view, separated by spaces; NULL for every role with the permission to read.
ALTER TABLE accounts ADD COLUMN viewers TEXT;

-- In `people`, the password `!` stands for none: such a person signs in another way.
