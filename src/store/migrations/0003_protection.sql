-- How legs are protected: trailing stops, naked time, the age of stops, halts, and which engine
-- may act on an account.

-- One record per leg that is not over; of several that another program left the newest counts.
ALTER TABLE trailing_stops ADD COLUMN step TEXT;
UPDATE trailing_stops SET state = 'removed'
WHERE state IS NOT 'removed' AND id NOT IN (
    SELECT max(id) FROM trailing_stops WHERE state IS NOT 'removed' GROUP BY account, symbol, leg);
CREATE UNIQUE INDEX trailing_stops_open ON trailing_stops (account, symbol, leg)
    WHERE state IS NOT 'removed';

-- When an order was live first: how old a stop is. Of those that are live the ledger knows no
-- earlier time than that of their last report.
ALTER TABLE orders ADD COLUMN placed_at TEXT;
UPDATE orders SET placed_at = at WHERE status = 'live';
CREATE INDEX orders_live ON orders (account, symbol, leg) WHERE status = 'live';

CREATE INDEX naked_spans_ended ON naked_spans (ended_at);

CREATE TABLE halts (
    id       INTEGER PRIMARY KEY,
    account  TEXT NOT NULL,
    since    TEXT NOT NULL,
    who      TEXT NOT NULL,
    reason   TEXT NOT NULL,
    ended_at TEXT
);
CREATE UNIQUE INDEX halts_open ON halts (account) WHERE ended_at IS NULL;

CREATE TABLE leases (
    account     TEXT PRIMARY KEY,
    fence       INTEGER NOT NULL, -- grows with every change of the holder
    holder      TEXT NOT NULL,    -- host and process, in words
    taken_at    TEXT NOT NULL,
    until       TEXT NOT NULL,
    released_at TEXT
);
