import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { builtCommand } from './built-command.js';
import { finding, inShort } from './doctor-findings.js';
import { type Ended, openWorkplace, people, type Workplace } from './workplace.js';

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace(people(3));
});
afterAll(() => place[Symbol.asyncDispose]());

function doctor(...args: readonly string[]): Promise<Ended> {
  return place.appointed(['doctor', '--timeout', '2', '--json', ...args]);
}

function folder(): string {
  return join(place.directory, '.appointed');
}

function ledger(): string {
  return join(folder(), 'ledger.sqlite');
}

describe("the doctor's ledger", () => {
  afterEach(() => {
    rmSync(folder(), { recursive: true, force: true });
  });

  it('is opened where there is one', async () => {
    await place.appointed(['runs']);
    expect(finding(await doctor(), 'ledger_ready')['message']).toMatch(/^can be written; \d+ MiB are free\.$/);
  });

  it('cannot be used where the file is something else, or its folder is a file', async () => {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(ledger(), 'no database, but long enough to be read as one: '.repeat(100));
    expect(finding(await doctor(), 'ledger_unwritable')['message']).toContain('[ledger_failed]');
    rmSync(folder(), { recursive: true });
    writeFileSync(folder(), '');
    expect(finding(await doctor(), 'ledger_unwritable')['message']).toContain('is no directory');
  });

  // A file system of eight megabytes, in a namespace of its own: not to be had everywhere.
  const small = ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=8m tmpfs "$0" && exec "$@"'] as const;
  const canBeSmall = spawnSync('unshare', [...small, tmpdir(), 'true']).status === 0;

  it.skipIf(!canBeSmall)('has little room', async () => {
    mkdirSync(folder(), { recursive: true });
    const command = [process.execPath, await builtCommand(), 'doctor', '--json'];
    const { directory: cwd, env } = place;
    const child = spawn('unshare', [...small, folder(), ...command], { cwd, env });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number]>,
    ]);
    const low = finding({ code, stdout, stderr }, 'disk_low');
    expect(low['message']).toMatch(/^has [4-8] MiB left on its disk\.$/);
  });

  it.skipIf(process.platform === 'win32')('is not for others to read', async () => {
    await place.appointed(['runs']);
    chmodSync(ledger(), 0o644);
    expect(finding(await doctor(), 'ledger_exposed')).toMatchObject({
      level: 'warning',
      message: "may be read by others (mode 644): it holds people's addresses.",
      commands: [`chmod 600 ${ledger()}`],
    });
  });

  it('is opened, and its disk left alone, where it is one of the configuration', async () => {
    const config = `import { memoryLedger } from '@appointed/core';
      import { ews, basic } from '@appointed/transport-ews';
      const transport = () => ews({ url: process.env.EWS_URL, credentials: basic({ user: 'svc', password: 'x' }) });
      export default { transport, ledger: () => memoryLedger() };`;
    await place.write('own.config.mjs', config);
    expect(inShort(await doctor('--config', 'own.config.mjs'))[0]).toBe(
      'skipped ledger_unexamined the ledger of the configuration',
    );
  });
});
