import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppointedError } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { childCommand, startChild } from './child.js';
import { begin, RUN } from './run.js';
import { temporaryDirectory } from './temporary-ledger.js';

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

describe('the file of a ledger', () => {
  it.skipIf(process.platform === 'win32')('may be read by its owner only, and so may its log', async () => {
    const path = join(directory.path, 'new', 'deep', 'ledger.db');
    const ledger = sqliteLedger({ path });
    await begin(ledger, 1);
    const modes = readdirSync(join(directory.path, 'new', 'deep')).map((name) => [
      name,
      modeOf(join(path, '..', name)),
    ]);
    expect(modes).toEqual([
      ['ledger.db', '600'],
      ['ledger.db-shm', '600'],
      ['ledger.db-wal', '600'],
    ]);
    expect(modeOf(join(directory.path, 'new', 'deep'))).toBe('700');
    await ledger.close();
  });

  it('holds nothing of a run that was forgotten, and neither does its log', async () => {
    const path = join(directory.path, 'ledger.db');
    const ledger = sqliteLedger({ path });
    await begin(ledger, 300);
    const { claims } = await ledger.claim(RUN, { id: 'claimant', name: '' }, 300, 60_000);
    const receipt = { itemId: 'an item of somebody' };
    await ledger.mark(
      claims.map(({ placement: { key }, fence }) => ({ runId: RUN, key, fence, state: 'done', attempts: 1, receipt })),
    );
    const found = (): readonly string[] =>
      ['', '-wal'].flatMap(
        (suffix) =>
          readFileSync(path + suffix)
            .toString('latin1')
            .match(/contoso|somebody|lessons/g) ?? [],
      );
    expect(found().length).toBeGreaterThan(300);
    await ledger.forget(RUN);
    expect(found()).toEqual([]);
    await ledger.close();
  });

  it('is told by its application id', async () => {
    const path = join(directory.path, 'ledger.db');
    await sqliteLedger({ path }).close();
    expect(readFileSync(path).toString('latin1', 68, 72)).toBe('Appd');
  });
});

describe('what is no ledger', () => {
  it('is refused when the file is no database, and not changed', () => {
    const path = file('notes.txt', 'Buy milk. '.repeat(1000));
    expect(failure(path)).toMatch(/ledger_failed.*notes\.txt.*not a ledger/);
    expect(readFileSync(path, 'utf8')).toBe('Buy milk. '.repeat(1000));
  });

  it('is refused when the file is the database of another program, and not changed', () => {
    const path = join(directory.path, 'other.db');
    const other = new Database(path);
    other.exec('CREATE TABLE recipes (name TEXT)');
    other.close();
    const before = readFileSync(path);
    expect(failure(path)).toMatch(/ledger_failed.*other\.db.*another program/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('is refused when it is a directory', () => {
    expect(failure(directory.path)).toMatch(/ledger_failed.*it is a directory/);
  });

  it('is refused when its directory is a file', () => {
    expect(failure(join(file('plain', ''), 'ledger.db'))).toMatch(/ledger_failed.*plain/);
  });

  it('is refused when it has no name', () => {
    expect(failure('')).toMatch(/invalid_options.*path/);
  });

  it('is refused when a newer version wrote it, and not changed', async () => {
    const path = join(directory.path, 'ledger.db');
    await sqliteLedger({ path }).close();
    const newer = new Database(path);
    newer.pragma('user_version = 2');
    newer.close();
    expect(failure(path)).toMatch(/ledger_too_new.*the format 2, and this version knows 1/);
  });

  it('is made where the file is empty', async () => {
    const ledger = sqliteLedger({ path: file('empty.db', '') });
    await expect(begin(ledger, 1)).resolves.toBeUndefined();
    await ledger.close();
  });
});

describe('a disk that refuses', () => {
  // The superuser may write everywhere, so the program runs as nobody then.
  const account = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

  it.skipIf(process.platform === 'win32').each(['444', '666'])(
    'says ledger_failed where the directory may not be written, and the file has the mode %s',
    async (mode) => {
      const path = join(directory.path, 'ledger.db');
      const ledger = sqliteLedger({ path });
      await begin(ledger, 1);
      await ledger.close();
      for (const name of readdirSync(directory.path)) if (name !== 'ledger.db') rmSync(join(directory.path, name));
      chmodSync(path, Number.parseInt(mode, 8));
      chmodSync(directory.path, 0o555);
      const child = startChild('opening-process.ts', [path], account);
      const said = String((await child.lines.next()).value);
      await child.kill();
      chmodSync(directory.path, 0o755);
      expect(said).toMatch(/^\[ledger_failed\].*ledger\.db.*Give this account the right to write/);
    },
  );

  // A file system of one megabyte, in a namespace of its own: not to be had everywhere.
  const small = ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"'] as const;
  const canBeFilled = spawnSync('unshare', [...small, tmpdir(), 'true']).status === 0;

  it.skipIf(!canBeFilled)('says ledger_failed when it is full, and has all that was acknowledged', () => {
    const path = join(directory.path, 'ledger.db');
    const program = childCommand('filling-process.ts', [path]);
    const child = spawnSync('unshare', [...small, directory.path, ...program], { encoding: 'utf8' });
    const { message, hint, acknowledged, found } = JSON.parse(child.stdout);
    expect(message).toMatch(/^\[ledger_failed\].*ledger\.db: the disk is full/);
    expect(hint).toMatch(/Make room/);
    expect(acknowledged).toBeGreaterThan(50);
    expect(found).toBe(acknowledged);
  });
});

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

function file(name: string, content: string): string {
  const path = join(directory.path, name);
  writeFileSync(path, content);
  return path;
}

function failure(path: string): string {
  try {
    sqliteLedger({ path });
  } catch (error) {
    if (AppointedError.is(error)) return error.message;
    throw error;
  }
  return 'nothing failed';
}
