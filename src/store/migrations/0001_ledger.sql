-- The tables of the ledger. Decimals are TEXT, times RFC 3339 UTC TEXT with
-- milliseconds. Columns that other programs fill carry no NOT NULL and no CHECK: a row that
-- makes no sense is taken in, reported by id and column, and left alone, so that the program
-- that wrote it neither fails in the middle of a trade nor is ignored in silence.

CREATE TABLE positions (
    id                INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: events outlive rows
    account           TEXT,
    exchange          TEXT,
    symbol            TEXT,
    leg               TEXT DEFAULT 'net',
    side              TEXT,
    quantity          TEXT,
    entry_price       TEXT,
    current_price     TEXT,
    leverage          TEXT,
    status            TEXT,
    signal_id         TEXT,
    exchange_order_id TEXT,
    stop_loss_price   TEXT,
    pnl               TEXT,
    pnl_percentage    TEXT,
    exit_price        TEXT,
    exit_reason       TEXT,
    detected_by       TEXT,
    evidence          TEXT,
    priced            BOOLEAN DEFAULT 1,
    opened_at         TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at        TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    closed_at         TEXT,
    revision          INTEGER DEFAULT 0
);

CREATE UNIQUE INDEX positions_open ON positions (account, symbol, leg)
    WHERE status IS NOT 'closed';
CREATE INDEX positions_closed ON positions (account, symbol, leg) WHERE status = 'closed';

-- Mappers that name every column insert NULL where they mean the default.
CREATE TRIGGER positions_defaults AFTER INSERT ON positions
WHEN NEW.leg IS NULL OR NEW.priced IS NULL OR NEW.opened_at IS NULL
     OR NEW.updated_at IS NULL OR NEW.revision IS NULL
BEGIN
    UPDATE positions SET
        leg = coalesce(leg, 'net'),
        priced = coalesce(priced, 1),
        opened_at = coalesce(opened_at, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        updated_at = coalesce(updated_at, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        revision = coalesce(revision, 0)
    WHERE id = NEW.id;
END;

-- A change by a program that knows nothing of revisions counts as one, so that an image made
-- before it can never overwrite it.
CREATE TRIGGER positions_revision AFTER UPDATE ON positions
WHEN NEW.revision IS OLD.revision AND OLD.revision IS NOT NULL
     AND OLD.leg IS NOT NULL AND OLD.priced IS NOT NULL -- not the filling in of defaults
     AND OLD.opened_at IS NOT NULL AND OLD.updated_at IS NOT NULL
BEGIN
    UPDATE positions SET
        revision = NEW.revision + 1,
        updated_at = CASE WHEN NEW.updated_at IS OLD.updated_at
            THEN strftime('%Y-%m-%dT%H:%M:%fZ', 'now') ELSE NEW.updated_at END
    WHERE id = NEW.id;
END;

CREATE TABLE events (
    id          INTEGER PRIMARY KEY,
    at          TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    kind        TEXT NOT NULL,
    severity    TEXT NOT NULL DEFAULT 'INFO',
    account     TEXT,
    exchange    TEXT,
    symbol      TEXT,
    leg         TEXT,
    position_id INTEGER,
    data        TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX events_at ON events (at);

CREATE TABLE orders (
    account   TEXT NOT NULL,
    client_id TEXT NOT NULL,
    symbol    TEXT NOT NULL,
    leg       TEXT NOT NULL,
    venue_id  TEXT,
    purpose   TEXT,
    side      TEXT NOT NULL,
    quantity  TEXT NOT NULL,
    trigger   TEXT,
    status    TEXT NOT NULL,
    filled    TEXT,
    average   TEXT,
    at        TEXT NOT NULL,
    PRIMARY KEY (account, client_id)
);

CREATE TABLE fills (
    account   TEXT NOT NULL,
    symbol    TEXT NOT NULL,
    trade_id  TEXT NOT NULL,
    leg       TEXT NOT NULL,
    order_id  TEXT NOT NULL,
    client_id TEXT,
    side      TEXT NOT NULL,
    quantity  TEXT NOT NULL,
    price     TEXT NOT NULL,
    fee       TEXT NOT NULL,
    fee_asset TEXT NOT NULL,
    at        TEXT NOT NULL,
    PRIMARY KEY (account, symbol, trade_id)
);

CREATE TABLE intents (
    client_id  TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    account    TEXT NOT NULL,
    symbol     TEXT NOT NULL,
    leg        TEXT NOT NULL,
    payload    TEXT NOT NULL,
    state      TEXT NOT NULL DEFAULT 'pending',
    outcome    TEXT,
    at         TEXT NOT NULL,
    settled_at TEXT
);
CREATE INDEX intents_unfinished ON intents (at) WHERE state IN ('pending', 'unknown');

CREATE TABLE repairs (
    id          TEXT PRIMARY KEY,
    rule        TEXT NOT NULL,
    author      TEXT NOT NULL,
    position_id INTEGER NOT NULL,
    before      TEXT, -- the row, column by column; NULL where there was none
    after       TEXT,
    evidence    TEXT NOT NULL,
    at          TEXT NOT NULL,
    undone_at   TEXT,
    undone_by   TEXT
);
CREATE INDEX repairs_position ON repairs (position_id);
CREATE INDEX repairs_undone ON repairs (position_id) WHERE undone_at IS NOT NULL;

CREATE TABLE trailing_stops (
    id          INTEGER PRIMARY KEY,
    account     TEXT NOT NULL,
    symbol      TEXT NOT NULL,
    leg         TEXT NOT NULL,
    position_id INTEGER,
    state       TEXT NOT NULL,
    activation  TEXT,
    callback    TEXT,
    best_price  TEXT,
    stop_price  TEXT,
    updated_at  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

CREATE TABLE naked_spans (
    id          INTEGER PRIMARY KEY,
    account     TEXT NOT NULL,
    symbol      TEXT NOT NULL,
    leg         TEXT NOT NULL,
    position_id INTEGER,
    began_at    TEXT NOT NULL,
    ended_at    TEXT,
    quantity    TEXT NOT NULL,
    cause       TEXT NOT NULL
);
CREATE UNIQUE INDEX naked_spans_open ON naked_spans (account, symbol, leg)
    WHERE ended_at IS NULL;
