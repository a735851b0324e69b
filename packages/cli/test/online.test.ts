import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Sandbox } from '@appointed/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finding, inShort } from './doctor-findings.js';
import { type Ended, openWorkplace, PASSWORD, people, type Workplace } from './workplace.js';

const SECRET = 'correct-horse-8!-battery';
const TENANT = 'contoso.onmicrosoft.com';
const PEOPLE = people(4);
const CELLAR = ['cellar-1@contoso.com', 'cellar-2@contoso.com'];
const CLOUD = ['cloud-1@contoso.com', 'cloud-2@contoso.com'];
const PRESIDENT = 'president@contoso.com';

/** An organisation that is half in the cloud. */
async function openContoso(): Promise<Workplace> {
  const place = await openWorkplace([...PEOPLE, PRESIDENT]);
  const { control, url, graphUrl } = place.sandbox;
  for (const address of CELLAR) control.createMailbox({ address, onPremises: true });
  for (const address of CLOUD) control.createMailbox({ address, remote: true });
  control.createApplication({
    clientId: 'app-1',
    clientSecret: SECRET,
    tenant: TENANT,
    mailboxes: ['*', `!${PRESIDENT}`],
  });
  const online = { GRAPH_URL: graphUrl, AZURE_AUTHORITY_HOST: url, AZURE_CLIENT_SECRET: SECRET };
  Object.assign(place.env, online);
  await place.write('people.csv', listOf(PEOPLE));
  await place.write('both.csv', listOf([...CELLAR, ...CLOUD]));
  return place;
}

function listOf(addresses: readonly string[]): string {
  const rows = addresses.map(
    (one) => `${one.split('@')[0]},${one},${one.startsWith('cellar') ? 'exchange' : 'online'}`,
  );
  return `Name,Mail,Lives\n${rows.join('\n')}\n`;
}

/** What is in calendars. */
function subjects(sandbox: Sandbox, addresses: readonly string[]): readonly string[] {
  return addresses.flatMap((address) =>
    sandbox
      .items(address)
      .filter(({ folder }) => folder === 'calendar')
      .flatMap(({ subject }) => subject ?? ''),
  );
}

describe.each([
  ['Exchange Online', [], 'people.csv', PEOPLE],
  ['both at once', ['--sign-in', 'basic', '--where', 'Lives'], 'both.csv', [...CELLAR, ...CLOUD]],
  ['both at once, found out', ['--sign-in', 'basic'], 'both.csv', [...CELLAR, ...CLOUD]],
] as const)('over %s', (_, flags, list, everybody) => {
  let place: Workplace;
  const told: Ended[] = [];
  async function appointed(...args: readonly string[]): Promise<Ended> {
    const ended = await place.appointed(args);
    told.push(ended);
    return ended;
  }
  beforeAll(async () => {
    place = await openContoso();
    for (const name of ['appointed.config.ts', 'factories']) rmSync(join(place.directory, name), { recursive: true });
  });
  afterAll(() => place[Symbol.asyncDispose]());

  it('init writes a configuration', async () => {
    const exchange = flags.length > 0 ? ['--url', place.sandbox.ewsUrl, ...flags] : [];
    const ended = await appointed('init', '--tenant', TENANT, '--client-id', 'app-1', ...exchange);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('Set AZURE_CLIENT_SECRET (or AZURE_CLIENT_SECRET_FILE), and then:\n');
  });

  it('a preview asks the server', async () => {
    const ended = await appointed('preview', '-m', list, '-f', 'lesson', '--check');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain(`${everybody.length} appointments for ${everybody.length} mailboxes`);
    expect(subjects(place.sandbox, everybody)).toEqual([]);
  });

  it('what could not be placed at once is placed by resume', async () => {
    place.sandbox.control.setFaults([{ fault: 'status', status: 503, mailbox: everybody[1] ?? '' }]);
    const args = ['-m', list, '-f', 'lesson', '--id', 'first', '--attempts', '1', '--settle', '0.1'];
    expect(await appointed('place', ...args)).toMatchObject({ code: 4 });
    place.sandbox.control.setFaults([]);
    expect(await appointed('resume', 'first', '-m', list, '-f', 'lesson')).toMatchObject({ code: 0 });
    expect(subjects(place.sandbox, everybody)).toEqual(
      everybody.map((address) => `Tennis lesson for ${address.split('@')[0]}`),
    );
  });

  it('what was placed is revised, verified, reconciled with a list, and retracted', async () => {
    const factory = readFileSync(join(place.directory, 'factories/lesson.ts'), 'utf8');
    await place.write('factories/squash.ts', factory.replace('Tennis lesson', 'Squash').replace("'1'", "'2'"));
    const changed = 'factories/squash.ts';
    expect(await appointed('revise', 'first', '-f', changed)).toMatchObject({ code: 0 });
    const names = everybody.map((address) => `Squash for ${address.split('@')[0]}`);
    expect(subjects(place.sandbox, everybody)).toEqual(names);
    expect(await appointed('verify', 'first')).toMatchObject({ code: 0 });
    await place.write('fewer.csv', listOf(everybody.slice(1)));
    const leavers = ['--leavers', 'remove', '--yes'];
    const reconciled = await appointed('reconcile', 'first', '-m', 'fewer.csv', '-f', changed, ...leavers);
    expect(reconciled).toMatchObject({ code: 0 });
    expect(subjects(place.sandbox, everybody)).toEqual(names.slice(1));
    expect(await appointed('retract', 'first', '--yes')).toMatchObject({ code: 0 });
    expect(subjects(place.sandbox, everybody)).toEqual([]);
  });

  it('the doctor finds nothing to mend, and its canary leaves nothing behind', async () => {
    const [canary = ''] = everybody;
    const ended = await appointed('doctor', '-m', list, '--denied', PRESIDENT, '--canary', canary, '--json');
    expect(inShort(ended).filter((line) => line.startsWith('problem'))).toEqual([]);
    const lines = inShort(ended);
    for (const address of everybody) expect(lines).toContain(`ok mailbox_ready ${address}`);
    expect(lines).toContain(`ok scope_holds ${PRESIDENT}`);
    expect(lines).toContain(`ok canary_done ${canary}`);
    expect(subjects(place.sandbox, everybody)).toEqual([]);
    expect(ended.code).toBe(0);
  });

  it('a refused secret stops the run with what Entra says, and is a finding of the doctor', async () => {
    const env = { ...place.env, AZURE_CLIENT_SECRET: `${SECRET}!` };
    const address = everybody.at(-1) ?? '';
    await place.write('one.csv', listOf([address]));
    const ended = await place.appointed(['place', '-m', 'one.csv', '-f', 'lesson', '--id', 'refused'], '', env);
    const examined = await place.appointed(['doctor', '-m', 'one.csv', '--json'], '', env);
    told.push(ended, examined);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('invalid_client: AADSTS7000215: Invalid client secret provided.');
    expect(finding(examined, 'sign_in_refused')).toMatchObject({ level: 'problem' });
  });

  it('no secret is printed, nor in any file', () => {
    const files = readdirSync(place.directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(files.length).toBeGreaterThan(3);
    expect(told.length).toBeGreaterThan(8);
    for (const text of [...files, ...told.flatMap(({ stdout, stderr }) => [stdout, stderr])]) {
      for (const one of [SECRET, PASSWORD, 'eyJ']) expect(text).not.toContain(one);
    }
  });
});

describe('a configuration for Exchange Online', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace([]);
    rmSync(join(place.directory, 'appointed.config.ts'));
  });
  afterAll(() => place[Symbol.asyncDispose]());

  it('signs in by a certificate where that is wanted', async () => {
    const args = ['--tenant', TENANT, '--client-id', 'app-1', '--app-sign-in', 'certificate'];
    const ended = await place.appointed(['init', ...args]);
    expect(ended.stdout).toContain('Set AZURE_CLIENT_CERTIFICATE_FILE to a .pem file with the certificate and its key');
    await place.write('app.pem', 'no PEM');
    const env = { ...place.env, AZURE_CLIENT_CERTIFICATE_FILE: join(place.directory, 'app.pem') };
    const refused = await place.appointed(['doctor'], '', env);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('[invalid_options] certificate holds no private key');
  });

  it('may name a column that is called anything', async () => {
    const column = String.raw`Owner's "home" \ 1`;
    const args = ['--url', place.sandbox.ewsUrl, '--tenant', TENANT, '--client-id', 'app-1', '--where', column];
    expect(await place.appointed(['init', '--force', ...args])).toMatchObject({ code: 0 });
    const written = readFileSync(join(place.directory, 'appointed.config.ts'), 'utf8');
    const [, where = ''] = /^ {6}where: '(.*)',$/m.exec(written) ?? [];
    expect(where.replaceAll(/\\(.)/g, '$1')).toBe(column);
  });

  it.each([
    [['--tenant', TENANT], '--tenant and --client-id go together'],
    [['--tenant', 'https://contoso.com', '--client-id', 'x'], '--tenant is no id'],
    [['--tenant', TENANT, '--client-id', "x'y"], '--client-id is no id'],
    [[], 'nobody can be asked where mailboxes live'],
  ])('is not written from %j', async (args, words) => {
    const ended = await place.appointed(['init', '--force', ...args]);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(words);
  });
});

describe('a server that repeats what it was sent', () => {
  const TOKEN = `eyJ${'hbGciOiJub25l'.repeat(2)}.eyJhIjoxfQ.c2lnbmF0dXJl`;
  let place: Workplace;
  let parrot: Server;
  beforeAll(async () => {
    place = await openWorkplace(PEOPLE);
    parrot = createServer((request, response) => {
      if (request.url?.includes('oauth2')) {
        response.end(JSON.stringify({ access_token: TOKEN, expires_in: 3599 }));
        return;
      }
      const message = `${String(request.headers.authorization).slice('Bearer '.length)} of ${SECRET}`;
      const code = request.headers.authorization === undefined ? 'InvalidAuthenticationToken' : 'ErrorInvalidRequest';
      response.writeHead(request.headers.authorization === undefined ? 401 : 400);
      response.end(JSON.stringify({ error: { code, message } }));
    }).listen(0, '127.0.0.1');
    await once(parrot, 'listening');
    const url = `http://127.0.0.1:${(parrot.address() as AddressInfo).port}`;
    Object.assign(place.env, { GRAPH_URL: `${url}/v1.0`, AZURE_AUTHORITY_HOST: url, AZURE_CLIENT_SECRET: SECRET });
    const init = ['init', '--force', '--tenant', TENANT, '--client-id', 'app-1'];
    await place.appointed(init);
  });
  afterAll(async () => {
    parrot.closeAllConnections();
    parrot.close();
    await place[Symbol.asyncDispose]();
  });

  it('makes the command print neither its token nor its secret', async () => {
    const placed = await place.appointed(['place', '-m', 'people.csv', '-f', 'lesson', '--id', 'parrot', '--debug']);
    const examined = await place.appointed(['doctor', '-m', 'people.csv', '--json']);
    const exported = await place.appointed(['export', 'parrot']);
    expect(placed.stdout + placed.stderr).toContain('ErrorInvalidRequest: *** of ***');
    expect(inShort(examined)).toContain('problem mailbox_refused person-1@contoso.com');
    for (const { stdout, stderr } of [placed, examined, exported]) {
      for (const one of [SECRET, TOKEN]) expect(stdout + stderr).not.toContain(one);
    }
  });
});
