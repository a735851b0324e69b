import { AppointedError, LEDGER_FORMAT, type ManifestChange, type RunManifest } from '@appointed/core';
import type { Ask, LedgerDatabase } from './ledger-database.js';
import { storableText } from './storable-text.js';

/** A stored run: its number within the database, and its manifest. */
export interface StoredRun {
  readonly id: number;
  readonly manifest: RunManifest;
}

/** Manifests. */
export class RunTable {
  readonly #ask: Ask;
  readonly #transaction: LedgerDatabase['transaction'];
  readonly #table: string;

  constructor(database: LedgerDatabase) {
    const { ask, schema } = database;
    this.#ask = ask;
    this.#transaction = (work) => database.transaction(work);
    this.#table = `${schema}.run`;
  }

  /** @throws AppointedError `ledger_too_new` */
  async open(given: RunManifest): Promise<{ readonly manifest: RunManifest; readonly isNew: boolean }> {
    checkFormat(given);
    const added = await this.#ask(
      `INSERT INTO ${this.#table} (run_id, started_at, manifest, slots) VALUES ($1, $2, $3, $4)
       ON CONFLICT (run_id) DO NOTHING RETURNING id`,
      storableText(given.runId),
      given.startedAt,
      JSON.stringify(given),
      given.slots.length,
    );
    const { manifest } = await this.get(given.runId);
    return { manifest: checkFormat(manifest), isNew: added.length > 0 };
  }

  /** @throws AppointedError `run_unknown` */
  async amend(runId: string, change: ManifestChange): Promise<void> {
    await this.#transaction(async (ask) => {
      const [found] = await ask<readonly [number, RunManifest]>(
        `SELECT id, manifest FROM ${this.#table} WHERE run_id = $1 FOR NO KEY UPDATE`,
        storableText(runId),
      );
      if (found === undefined) throw runUnknown(runId);
      const manifest = { ...found[1], ...change };
      await ask(
        `UPDATE ${this.#table} SET manifest = $1, slots = $2 WHERE id = $3`,
        JSON.stringify(manifest),
        manifest.slots.length,
        found[0],
      );
    });
  }

  async find(runId: string): Promise<StoredRun | undefined> {
    const [found] = await this.#ask<readonly [number, RunManifest]>(
      `SELECT id, manifest FROM ${this.#table} WHERE run_id = $1`,
      storableText(runId),
    );
    return found && { id: found[0], manifest: found[1] };
  }

  /** @throws AppointedError `run_unknown` */
  async get(runId: string): Promise<StoredRun> {
    const found = await this.find(runId);
    if (found === undefined) throw runUnknown(runId);
    return found;
  }

  async all(): Promise<readonly RunManifest[]> {
    const rows = await this.#ask<readonly [RunManifest]>(
      `SELECT manifest FROM ${this.#table} WHERE run_id IS NOT NULL ORDER BY started_at DESC, id DESC`,
    );
    return rows.map(([manifest]) => manifest);
  }
}

export function runUnknown(runId: string): AppointedError {
  return new AppointedError('run_unknown', `the ledger has no run ${runId}`);
}

function checkFormat(manifest: RunManifest): RunManifest {
  const { runId, format } = manifest;
  if (format <= LEDGER_FORMAT) return manifest;
  const formats = `has the format ${format}, and this version knows ${LEDGER_FORMAT}`;
  throw new AppointedError('ledger_too_new', `the run ${runId} ${formats}`, {
    hint: 'Use the version of Appointed that wrote it, or a newer one.',
  });
}
