/** In the header of the file (`PRAGMA application_id`): the letters Appd. */
export const APPLICATION_ID = 0x41707064;

/** The format that this version writes, in the header of the file (`PRAGMA user_version`). */
export const FILE_FORMAT = 1;

/**
 * What leads from each format to the next; the first makes a new file.
 *
 * A placement's row must not grow when it is claimed and marked, or the page splits that was full: hence an owner of -1
 * instead of none, and a `claimed_at` from the beginning. Receipts have a table of their own, which is only appended to,
 * for the same reason. Only open placements stand in the index of due times. A run without `run_id` was forgotten, and its
 * rows are being erased; its number is never given to another, so that it may be remembered.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id TEXT UNIQUE,
    started_at INTEGER NOT NULL,
    manifest TEXT NOT NULL
  );
  CREATE TABLE hold (
    run INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    process_started REAL NOT NULL,
    since INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
  );
  CREATE TABLE worker (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    owner TEXT NOT NULL,
    UNIQUE (run, owner)
  );
  CREATE TABLE placement (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    key BLOB NOT NULL,
    list_row INTEGER NOT NULL,
    slot TEXT NOT NULL,
    kind INTEGER NOT NULL,
    mailbox TEXT NOT NULL,
    attributes TEXT,
    task INTEGER NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    due_at INTEGER,
    claimed_at INTEGER NOT NULL,
    owner INTEGER NOT NULL
  );
  CREATE UNIQUE INDEX placement_key ON placement (run, key);
  CREATE INDEX placement_row ON placement (run, list_row);
  CREATE INDEX placement_due ON placement (run, due_at, list_row) WHERE due_at IS NOT NULL;
  CREATE TABLE outcome (
    placement INTEGER PRIMARY KEY,
    item_id BLOB,
    change_key BLOB,
    ical_uid BLOB,
    request_id BLOB,
    written BLOB,
    error TEXT
  );
  `,
];
