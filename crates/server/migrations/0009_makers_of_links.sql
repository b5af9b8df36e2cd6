-- Who made a link: it works no longer than its maker may do what it promises. Links of before name nobody: those to a
-- new password, which last an hour, stop working.
ALTER TABLE links ADD COLUMN maker TEXT NOT NULL DEFAULT '';
