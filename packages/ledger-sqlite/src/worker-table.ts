import type { LedgerOwner } from '@appointed/core';
import type { Command, LedgerFile, Query } from './ledger-file.js';
import { packText } from './pack-text.js';

/** Who has claimed, as small numbers. */
export class WorkerTable {
  readonly #find: Query<readonly [id: number]>;
  readonly #add: Command;

  constructor(file: LedgerFile) {
    this.#find = file.query('SELECT id FROM worker WHERE run = $1 AND owner = $2');
    this.#add = file.command('INSERT INTO worker (run, owner) VALUES ($1, $2)');
  }

  number(run: number, { id }: LedgerOwner): number {
    const owner = packText(id);
    const found = this.#find.first(run, owner);
    if (found !== undefined) return found[0];
    this.#add(run, owner);
    return this.number(run, { id, name: '' });
  }
}
