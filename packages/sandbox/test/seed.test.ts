import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readSeed } from '../src/seed.js';
import { EwsClient } from './ews-client.js';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'sandbox-seed-'));
let files = 0;

afterAll(() => rmSync(folder, { recursive: true }));

function seed(content: unknown): string {
  const file = join(folder, `${(files += 1)}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** Runs the program from its source, until it ends or `enough` says so. */
async function run(args: readonly string[], enough?: (stdout: string) => Promise<void>) {
  const bin = join(root, 'packages/sandbox/src/bin.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=@appointed/source', bin, ...args], {
    cwd: root,
  });
  let [stdout, stderr] = ['', ''];
  let hasEnough = false;
  const ended = new Promise<number | null>((done) => child.once('close', done));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await new Promise<void>((done) => {
    child.once('close', () => done());
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (enough === undefined || hasEnough || !stdout.includes('\n')) return;
      hasEnough = true;
      enough(stdout).finally(() => {
        child.kill('SIGTERM');
        done();
      });
    });
  });
  return { code: await ended, stdout, stderr };
}

const GET_FOLDER =
  '<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="calendar"/></m:FolderIds></m:GetFolder>';

describe('the program', () => {
  test('reads its seed, says in one line that it listens, and ends when told to', async () => {
    const file = seed({
      mailboxes: [
        {
          address: 'alfred@contoso.com',
          name: 'Alfred',
          timeZone: 'Europe/Berlin',
          aliases: ['al@contoso.com'],
          room: false,
        },
      ],
      serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*@contoso.com', '!denied@contoso.com'] }],
    });
    let status = 0;
    const ended = await run(['--port', '0', '--seed', file], async (stdout) => {
      const [url = ''] = /http:\S+\/EWS\/Exchange.asmx/.exec(stdout) ?? [];
      status = (await new EwsClient(url).call(GET_FOLDER)).status;
    });
    expect([status, ended.stderr, ended.code]).toEqual([200, '', 0]);
    expect(ended.stdout).toMatch(
      /^Exchange sandbox listening, EWS at http:\/\/127\.0\.0\.1:(\d+)\/EWS\/Exchange\.asmx \(page at http:\/\/127\.0\.0\.1:\1\/, control API at http:\/\/127\.0\.0\.1:\1\/control, random seed \d+\)\n$/,
    );
  });

  test.each<[name: string, args: () => string[], message: string]>([
    ['a port that is none', () => ['--port', '70000'], 'give a number from 0 (any free port) to 65535'],
    ['a seed that is no JSON', () => ['--seed', seed('{')], 'JSON'],
  ])('says what is wrong with %s', async (_, args, message) => {
    const { code, stderr, stdout } = await run(args());
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });
});

describe('a seed file', () => {
  const account = { user: 'u', password: 'p' };

  test.each<[name: string, file: () => string, message: string]>([
    [
      'that is not there',
      () => '/no/such/file.json',
      '/no/such/file.json: cannot be read; give --seed the path of a JSON file',
    ],
    [
      'with an unknown field',
      () => seed({ mailboxes: [{ address: 'a@b.c', adress: 1 }], serviceAccounts: [] }),
      'mailboxes[0]: "adress" is unknown; known are address, name',
    ],
    [
      'with an unknown part',
      () => seed({ mailboxes: [], serviceAccounts: [account], users: [] }),
      '"users" is unknown; a seed has "mailboxes", "serviceAccounts" and "applications"',
    ],
    [
      'with an application without an id',
      () => seed({ mailboxes: [], serviceAccounts: [], applications: [{ clientSecret: 'hush' }] }),
      'applications[0] needs "clientId"',
    ],
    [
      'with a field of another kind',
      () => seed({ mailboxes: [], serviceAccounts: [{ ...account, password: 1 }] }),
      'serviceAccounts[0]: "password" must be a string',
    ],
    [
      'with a list of another kind',
      () => seed({ mailboxes: [{ address: 'a@b.c', aliases: 'x' }], serviceAccounts: [] }),
      'mailboxes[0]: "aliases" must be a list of strings',
    ],
    [
      'with a mailbox without an address',
      () => seed({ mailboxes: [{}], serviceAccounts: [] }),
      'mailboxes[0] needs "address"',
    ],
    ['without a list', () => seed({ mailboxes: {} }), '"mailboxes" must be a list'],
  ])('%s is refused with a reason', (_, file, message) => {
    expect(() => readSeed(file())).toThrow(message);
  });
});
