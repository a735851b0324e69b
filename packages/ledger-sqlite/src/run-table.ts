import { AppointedError, LEDGER_FORMAT, type ManifestChange, type RunManifest } from '@appointed/core';
import type { Command, LedgerFile, Query } from './ledger-file.js';
import { packText } from './pack-text.js';

/** A stored run: its number within the file, and its manifest. */
export interface StoredRun {
  readonly id: number;
  readonly manifest: RunManifest;
}

/** Manifests. */
export class RunTable {
  readonly #insert: Command;
  readonly #update: Command;
  readonly #byRunId: Query<readonly [id: number, manifest: string]>;
  readonly #numbers = new Map<string, number>();
  readonly #newestFirst: Query<readonly [manifest: string]>;
  readonly #startedBefore: Query<readonly [id: number]>;
  readonly #condemned: Query<readonly [id: number]>;
  readonly #condemn: Command;

  constructor(file: LedgerFile) {
    this.#insert = file.command(
      'INSERT INTO run (run_id, started_at, manifest) VALUES ($1, $2, $3) ON CONFLICT (run_id) DO NOTHING',
    );
    this.#update = file.command('UPDATE run SET manifest = $1 WHERE id = $2');
    this.#byRunId = file.query('SELECT id, manifest FROM run WHERE run_id = $1');
    this.#newestFirst = file.query(
      'SELECT manifest FROM run WHERE run_id IS NOT NULL ORDER BY started_at DESC, id DESC',
    );
    this.#startedBefore = file.query('SELECT id FROM run WHERE run_id IS NOT NULL AND started_at < $1');
    this.#condemned = file.query('SELECT id FROM run WHERE run_id IS NULL');
    this.#condemn = file.command("UPDATE run SET run_id = NULL, manifest = '' WHERE id = $1");
  }

  /** @throws AppointedError `ledger_too_new` */
  open(given: RunManifest): { readonly manifest: RunManifest; readonly isNew: boolean } {
    checkFormat(given);
    const isNew = this.#insert(packText(given.runId), given.startedAt, JSON.stringify(given)) === 1;
    return { manifest: checkFormat(this.get(given.runId).manifest), isNew };
  }

  amend(runId: string, change: ManifestChange): void {
    const { id, manifest } = this.get(runId);
    this.#update(JSON.stringify({ ...manifest, ...change }), id);
  }

  /** The number that a run had when it was last asked for: of one that was forgotten since, nothing is found by it. */
  number(runId: string): number | undefined {
    return this.#numbers.get(runId) ?? this.find(runId)?.id;
  }

  find(runId: string): StoredRun | undefined {
    const found = this.#byRunId.first(packText(runId));
    if (found === undefined) {
      this.#numbers.delete(runId);
      return undefined;
    }
    const [id, manifest] = found;
    this.#numbers.set(runId, id);
    return { id, manifest: JSON.parse(manifest) };
  }

  /** @throws AppointedError `run_unknown` */
  get(runId: string): StoredRun {
    const found = this.find(runId);
    if (found === undefined) throw new AppointedError('run_unknown', `the ledger has no run ${runId}`);
    return found;
  }

  all(): readonly RunManifest[] {
    return this.#newestFirst.all().map(([manifest]) => JSON.parse(manifest));
  }

  startedBefore(moment: number): readonly number[] {
    return this.#startedBefore.all(moment).map(([id]) => id);
  }

  /** From now on nothing finds it; its rows are still to be erased. */
  condemn(run: number): void {
    this.#condemn(run);
  }

  /** The runs that nothing finds any more, and that are still to be erased. */
  condemned(): readonly number[] {
    return this.#condemned.all().map(([id]) => id);
  }
}

function checkFormat(manifest: RunManifest): RunManifest {
  const { runId, format } = manifest;
  if (format <= LEDGER_FORMAT) return manifest;
  const formats = `has the format ${format}, and this version knows ${LEDGER_FORMAT}`;
  throw new AppointedError('ledger_too_new', `the run ${runId} ${formats}`, {
    hint: 'Use the version of Appointed that wrote it, or a newer one.',
  });
}
