import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, people, type Workplace } from './workplace.js';

/** What is not called as it stands: it asks, it never ends, or it writes over what the others need. */
const OTHERWISE = [/ init$/, / sandbox /, /^cut /];

/** The local Exchange is a package beside the command, of which nothing is built here. */
const FROM_SOURCE = [
  '--conditions=@appointed/source',
  '--import',
  import.meta.resolve('tsx'),
  fileURLToPath(new URL('../src/bin.ts', import.meta.url)),
];

describe('the help', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace(people(3));
    await place.write('leavers.csv', 'Mail\nperson-1@contoso.com\n');
    const lesson = readFileSync(join(place.directory, 'factories/lesson.mjs'), 'utf8');
    await place.write('factories/lesson.ts', lesson);
    await place.write('somewhere/else/.keep', '');
  });
  afterAll(() => place[Symbol.asyncDispose]());

  const examples: string[] = [];

  it('names every command, and what every exit code means', async () => {
    const { stdout, code } = await place.published(['--help']);
    expect(code).toBe(0);
    for (const name of [
      'init',
      'preview',
      'place',
      'resume',
      'runs',
      'status',
      'revise',
      'reconcile',
      'retract',
      'verify',
    ]) {
      expect(stdout).toContain(`\n  ${name} `);
    }
    for (const exitCode of ['0  ', '1  ', '2  ', '3  ', '4  ', '130']) expect(stdout).toContain(`\n  ${exitCode}  `);
  });

  it('has examples for each command', async () => {
    for (const name of [
      'preview',
      'place',
      'resume',
      'runs',
      'status',
      'revise',
      'reconcile',
      'verify',
      'export',
      'retract',
      'forget',
      'doctor',
    ]) {
      const { stdout } = await place.appointed([name, '--help']);
      const found = [...stdout.matchAll(/^ {2}\$ (.*)$/gm)].map(([, line]) => line ?? '');
      expect({ name, found: found.length > 0 }).toEqual({ name, found: true });
      examples.push(...found);
    }
  });

  it('has examples that work, one after the other', async () => {
    const lines = examples.filter((line) => !OTHERWISE.some((one) => one.test(line)));
    expect(lines.length).toBeGreaterThan(15);
    for (const line of lines) {
      const ended = await place.appointed(line.split(' ').slice(1));
      expect({ line, ...ended }).toMatchObject({ line, code: 0, stderr: '' });
    }
  }, 90_000);

  it('comes with completion for shells', async () => {
    const script = await place.published(['completion', 'bash']);
    expect(script.stdout).toContain('appointed');
    const completed = await place.published(['complete', '--', 're']);
    expect(completed.stdout).toMatch(/^resume\b/m);
  });
});

describe('the beginning', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace([]);
  });
  afterAll(() => place[Symbol.asyncDispose]());

  it('is a configuration and a factory that init writes, and a local Exchange', async () => {
    await place.write('people.csv', 'Name,Mail\nAlfred,alfred@contoso.com\nBeth,beth@contoso.com\n');
    const sandbox = ['sandbox', '--mailboxes', 'people.csv', '--sign-in', 'ntlm,basic'];
    const exchange = spawn(process.execPath, [...FROM_SOURCE, ...sandbox], {
      cwd: place.directory,
      env: place.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface(exchange.stdout)[Symbol.asyncIterator]();
    const [url = ''] = /http\S+asmx/.exec(String((await lines.next()).value)) ?? [];
    const settings = String((await lines.next()).value).matchAll(/([A-Z_]+)=(\S+)/g);
    expect((await fetch(url)).headers.get('www-authenticate')).toBe('NTLM, Basic realm="Exchange"');
    for (const wrong of ['mail.contoso.com', 'https://svc:secret@mail.contoso.com/EWS/Exchange.asmx']) {
      const { code, stderr } = await place.appointed(['init', '--force', '--url', wrong]);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr:
          'appointed: [usage] --url is no address of Exchange Web Services\n' +
          '  Give an address that begins with https://, without a password in it.\n',
      });
    }
    const refused = await place.appointed(['init', '--url', url]);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('[file_exists] appointed.config.ts is there already');
    expect(await place.appointed(['init', '--url', url, '--force'])).toMatchObject({ code: 0, stderr: '' });
    const { EWS_URL: _url, ...env } = place.env;
    const placed = await place.published(['place', '-m', 'people.csv', '-f', 'lesson'], '', env);
    expect(placed).toMatchObject({ code: 0, stderr: '' });
    expect(placed.stdout).toContain('saved     alfred@contoso.com  Tennis lesson for Alfred');
    const online = ['init', '--tenant', 'contoso.com', '--client-id', 'app', '--factory', 'online', '--force'];
    expect(await place.appointed(online)).toMatchObject({ code: 0, stderr: '' });
    const set = Object.fromEntries([...settings].map(([, name, value]) => [name, value]));
    const overGraph = await place.appointed(['place', '-m', 'people.csv', '-f', 'online'], '', {
      ...env,
      ...set,
      AZURE_CLIENT_SECRET: 'secret',
    });
    expect(overGraph).toMatchObject({ code: 0, stderr: '' });
    exchange.kill('SIGINT');
    expect(await once(exchange, 'exit')).toEqual([0, null]);
  });

  it.each([
    [['--sign-in', 'ntlm,kerberos'], 'the local Exchange cannot start: signIn: must be a list of'],
    [['--extended-protection', 'always'], 'the local Exchange cannot start: extendedProtection: must be one of'],
    [['--tls-cert', 'cert.pem'], '--tls-cert and --tls-key go together'],
    [['--tls-cert', 'cert.pem', '--tls-key', 'key.pem'], 'cert.pem cannot be read'],
  ])('is refused with %j, and says what to correct', async (flags, message) => {
    await place.write('people.csv', 'Mail\nalfred@contoso.com\n');
    const refused = await place.appointed(['sandbox', '--mailboxes', 'people.csv', ...flags]);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain(message);
  });
});
