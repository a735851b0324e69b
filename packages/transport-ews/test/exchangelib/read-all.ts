import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Sandbox } from '@appointed/sandbox';
import { SECRET } from '../placing.js';

const PYTHON = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import exchangelib']).status === 0,
);

/** Why nothing can be read by exchangelib, for the names of tests; empty where it can. */
export const withoutExchangelib: string = PYTHON === undefined ? ' (skipped: pip install exchangelib)' : '';

/** The custom properties that are read, in one property set. */
export interface PropertiesToRead {
  readonly propertySetId: string;
  /** Types of EWS by name. */
  readonly types: Readonly<Record<string, string>>;
}

/** An item, in exchangelib's words (see `read-all.py`). */
export type ReadItem = Readonly<Record<string, unknown>>;

/** What exchangelib finds in a calendar, by UID. */
export async function readAll(
  sandbox: Sandbox,
  mailbox: string,
  { propertySetId, types }: PropertiesToRead,
): Promise<Readonly<Record<string, ReadItem>>> {
  const program = fileURLToPath(new URL('read-all.py', import.meta.url));
  const properties = Object.entries(types).map(([name, type]) => `${name}:${type}`);
  const args = [program, sandbox.ewsUrl, 'svc', SECRET, mailbox, propertySetId, ...properties];
  const { stdout } = await promisify(execFile)(PYTHON ?? '', args, { maxBuffer: 100_000_000 });
  return JSON.parse(stdout) as Record<string, ReadItem>;
}
