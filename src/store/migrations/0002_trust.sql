-- Rules that may only propose in an account, because an operator took back a repair of theirs.

CREATE TABLE demotions (
    id          INTEGER PRIMARY KEY,
    account     TEXT NOT NULL,
    rule        TEXT NOT NULL,
    repair_id   TEXT NOT NULL,
    demoted_at  TEXT NOT NULL,
    restored_at TEXT
);
CREATE UNIQUE INDEX demotions_open ON demotions (account, rule) WHERE restored_at IS NULL;
