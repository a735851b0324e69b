/** The format of the tables that this version writes. */
export const TABLES_FORMAT = 1;

/**
 * What leads from each format to the next, in a schema (its name is quoted); the first makes the tables.
 *
 * What is known of a placement from the beginning, and how it stands, are two tables: the second is written three times,
 * and each writing of a row adds to every index of its table. Only what is open stands in the index of due times. Texts
 * compare by their bytes, so that no index depends on what an operating system thinks of languages. A run without
 * `run_id` was forgotten, and its rows are being erased; no number is given to another row later, so that it may be
 * remembered.
 */
export const MIGRATIONS: readonly ((schema: string) => string)[] = [
  (schema) => `
  CREATE TABLE ${schema}.format (number integer NOT NULL);
  CREATE TABLE ${schema}.run (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id text COLLATE "C" UNIQUE,
    started_at bigint NOT NULL,
    manifest json,
    slots integer NOT NULL,
    holder text,
    held_since bigint
  );
  CREATE TABLE ${schema}.placement (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run integer NOT NULL,
    list_row integer NOT NULL,
    key text COLLATE "C" NOT NULL,
    slot text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    mailbox text COLLATE "C" NOT NULL,
    attributes json,
    UNIQUE (run, key)
  );
  CREATE INDEX placement_row ON ${schema}.placement (run, list_row, id);
  CREATE TABLE ${schema}.progress (
    placement bigint PRIMARY KEY,
    due_at bigint,
    claimed_at bigint,
    run integer NOT NULL,
    list_row integer NOT NULL,
    attempts integer NOT NULL,
    fence integer NOT NULL,
    task text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    owner text COLLATE "C",
    item_id text COLLATE "C",
    change_key text COLLATE "C",
    ical_uid text COLLATE "C",
    request_id text COLLATE "C",
    written json,
    error json
  ) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
  CREATE INDEX progress_due ON ${schema}.progress (run, due_at, list_row, placement) WHERE due_at IS NOT NULL;
  `,
];
