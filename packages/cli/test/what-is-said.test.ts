import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { COMMAND_ERROR_CODES, RECORD_TYPES } from '@appointed/cli';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCommand } from './built-command.js';
import { type Ended, openWorkplace, PASSWORD, people, records, USER, type Workplace } from './workplace.js';

const DOCUMENT = new URL('../../../docs/cli-json.md', import.meta.url);
const BASIC = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');

function documented(file: string, pattern: RegExp): readonly (string | undefined)[] {
  const text = readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8');
  return [...text.matchAll(pattern)].map(([, name]) => name);
}

describe('what the command says', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace(people(30));
  });
  afterAll(() => place[Symbol.asyncDispose]());

  const told: Ended[] = [];
  async function appointed(...args: readonly string[]): Promise<Ended> {
    const ended = await place.appointed(args);
    told.push(ended);
    return ended;
  }

  it('is one sentence with a code and a hint where a password is wrong, and it is not tried again', async () => {
    const right = place.env['EWS_PASSWORD'];
    place.env['EWS_PASSWORD'] = `${PASSWORD}!`;
    const ended = await appointed('place', '-m', 'people.csv', '-f', 'lesson', '--id', 'wrong', '--debug');
    place.env['EWS_PASSWORD'] = right;
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('It ended early: [sign_in_failed]');
    expect(place.items(...people(30))).toEqual(people(30).map(() => 0));
  });

  it('is the variable that is missing', async () => {
    const { EWS_PASSWORD: _none, ...env } = place.env;
    const ended = await place.appointed(['place', '-m', 'people.csv', '-f', 'lesson'], '', env);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toBe(
      'appointed: [secret_missing] the environment has no EWS_PASSWORD\n' +
        '  Set EWS_PASSWORD, or EWS_PASSWORD_FILE to the path of a file that holds it.\n',
    );
  });

  it('is how to use it where the command line is wrong', async () => {
    const ended = await appointed('place', '--factory', 'lesson');
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain("appointed: [usage] required option '-m, --mailboxes <file>' not specified");
    expect(await appointed('place', '-m', 'people.csv', '-f', 'lesson', '--not-after', 'soon')).toMatchObject({
      code: 2,
    });
    expect((await appointed('place', '-m', 'people.csv', '-f', 'nobody')).stderr).toContain(
      'It names lesson, meeting.',
    );
  });

  it('is where a factory or the configuration breaks off', async () => {
    await place.write('broken/half.ts', 'const one = 1;\nexport default {');
    const { stderr } = await appointed('preview', '-m', 'people.csv', '-f', 'broken/half.ts');
    expect(stderr).toMatch(/\[factory_missing\] \S+half\.ts cannot be loaded: .+ in \S+half\.ts, line 2\n/);
    await place.write('broken/appointed.config.ts', 'export default {{');
    const unreadable = await appointed('runs', '--config', 'broken/appointed.config.ts');
    expect(unreadable.stderr).toMatch(/\[config_invalid\] .+ in \S+appointed\.config\.ts, line 1\n/);
  });

  it('holds no control characters of a server or a file, and no secret that a server repeats', async () => {
    const evil = createServer((request, response) => {
      const authorization = request.headers.authorization ?? '';
      const text = `\u001b[2Jboo ${authorization} ${PASSWORD}`.replaceAll('\u001b', '&#x1b;');
      response.writeHead(500, { 'content-type': 'text/xml', 'request-id': 'one\u009b31m' });
      response.end(soapFault(text));
    }).listen(0, '127.0.0.1');
    await once(evil, 'listening');
    const url = place.env['EWS_URL'];
    place.env['EWS_URL'] = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/EWS/Exchange.asmx`;
    await place.write('evil.csv', 'Name,Mail\n\u001b[31mred,one@contoso.com\n\u202eoof,\u001b[31mx\n');
    const flags = ['--attempts', '1', '--settle', '0.1', '--timeout', '2', '--debug'];
    for (const more of [[], ['--json']]) {
      const ended = await appointed(
        'place',
        '-m',
        'evil.csv',
        '-f',
        'lesson',
        '--id',
        `evil${more.length}`,
        ...flags,
        ...more,
      );
      expect(ended.stdout + ended.stderr).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
      expect(ended.code).toBe(4);
    }
    await appointed('export', 'evil0');
    await appointed('preview', '-m', 'evil.csv', '-f', 'lesson');
    place.env['EWS_URL'] = url;
    evil.closeAllConnections();
    evil.close();
  });

  it('is that a certificate is not trusted, and how to trust it; nothing is sent', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec' });
    let requests = 0;
    const server = createSecureServer({ cert, key }, () => (requests += 1)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const EWS_URL = `https://localhost:${(server.address() as AddressInfo).port}/EWS/Exchange.asmx`;
    const args = ['place', '-m', 'people.csv', '-f', 'lesson', '--id', 'untrusted'];
    const ended = await place.appointed(args, '', { ...place.env, EWS_URL });
    server.close();
    expect({ code: ended.code, requests }).toEqual({ code: 3, requests: 0 });
    expect(ended.stderr).toMatch(
      /It ended early: \[connection_failed\].*certificate.*\n.*NODE_EXTRA_CA_CERTS|It ended early: \[connection_failed\].*\n.*\bca\b/,
    );
  });

  it.skipIf(!existsSync('/dev/full'))('is that the disk is full', async () => {
    const full = openSync('/dev/full', 'w');
    const args = [await builtCommand(), 'runs', '--json'];
    const child = spawn(process.execPath, args, {
      cwd: place.directory,
      env: place.env,
      stdio: ['ignore', full, 'pipe'],
    });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    expect(await once(child, 'close')).toEqual([3, null]);
    closeSync(full);
    expect(stderr).toContain('[file_failed] the standard output cannot be written: ENOSPC');
    expect(stderr).not.toContain('    at ');
  });

  it('ends quietly, and the run gently, where nobody reads on', async () => {
    const bin = await builtCommand();
    const args = ['place', '-m', 'people.csv', '-f', 'lesson', '--id', 'head', '--max-in-flight', '1'];
    const child = spawn(process.execPath, [bin, ...args], { cwd: place.directory, env: place.env });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    expect(code).toBe(130);
    expect(stderr).toContain('To go on: appointed resume head');
    expect(stderr).not.toContain('EPIPE');
    expect(await appointed('resume', 'head', '-f', 'lesson', '-m', 'people.csv')).toMatchObject({ code: 0 });
  });

  it('is what became of a run that signs in by NTLM, and of one with a wrong password', async () => {
    const config = readFileSync(join(place.directory, 'appointed.config.ts'), 'utf8').replaceAll('basic', 'ntlm');
    await place.write('ntlm.config.ts', config);
    const run = ['place', '--config', 'ntlm.config.ts', '-m', 'people.csv', '-f', 'lesson', '--debug', '--id'];
    const right = place.env['EWS_PASSWORD'];
    place.env['EWS_PASSWORD'] = `${PASSWORD}!`;
    expect((await appointed(...run, 'ntlm-wrong')).stderr).toContain('[sign_in_failed]');
    place.env['EWS_PASSWORD'] = right;
    expect((await appointed(...run, 'ntlm')).stdout).toContain('Run ntlm: 30 placed.');
  });

  it('never is a secret, nor is one in any file', () => {
    const files = readdirSync(place.directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(told.length).toBeGreaterThan(8);
    expect(files.length).toBeGreaterThan(3);
    for (const text of [...files, ...told.flatMap(({ stdout, stderr }) => [stdout, stderr])]) {
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain(BASIC);
    }
  });

  it('is a record with --json, of fields that are documented, also where the command line is wrong', async () => {
    const [run, list] = ['json', ['-m', 'people.csv', '-f', 'lesson', '--json']];
    const ended = [
      await appointed('preview', ...list, '--first', '1'),
      await appointed('place', ...list, '--id', run),
      await appointed('status', run, '--json'),
      await appointed('retract', run, '--yes', '--json'),
      await appointed('verify', run, '--json'),
      await appointed('export', run, '--json'),
    ];
    const wrong = await appointed('place', '--factory', 'lesson', '--json');
    expect(records(wrong)).toMatchObject([{ type: 'error', code: 'usage', exitCode: 2 }]);
    expect(records(await appointed('--json'))).toMatchObject([{ message: '[usage] no command was given' }]);
    const rows = [...readFileSync(DOCUMENT, 'utf8').matchAll(/^\| `([\w-]+)` +\|[^|]*\|(.*)\|$/gm)];
    const fields = new Map(rows.map(([, type, text = '']) => [type, text]));
    const told = [...ended, wrong].flatMap((one) => records(one));
    const undocumented = told.flatMap(({ type, ...record }) =>
      Object.keys(record)
        .filter((field) => fields.get(String(type))?.includes(`\`${field}\``) !== true)
        .map((field) => `${type}: ${field}`),
    );
    expect(undocumented).toEqual([]);
  });

  it('is documented: every code and every type of record', () => {
    expect(documented('cli.md', /^### (\S+)$/gm)).toEqual([...COMMAND_ERROR_CODES]);
    expect(documented('cli-json.md', /^\| `([\w-]+)` +\|/gm)).toEqual([...RECORD_TYPES]);
  });
});

function soapFault(text: string): string {
  return `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:ErrorInternalServerError</faultcode><faultstring>${text}</faultstring><detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">ErrorInternalServerError</e:ResponseCode><e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${text}</e:Message></detail></s:Fault></s:Body></s:Envelope>`;
}
