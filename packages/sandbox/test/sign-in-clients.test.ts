import { type ExecFileException, execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { certificate } from './certificate.js';
import { folderRequest } from './raw-client.js';

// Clients that others have written. Where one is missing its tests are skipped and say so.
const organisation = {
  mailboxes: [{ address: 'alfred@contoso.com', timeZone: 'Europe/Berlin' }],
  serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*'] }],
  signIn: ['negotiate', 'ntlm'] as const,
};
const folder = mkdtempSync(join(tmpdir(), 'sign-in-'));
const inFolder = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

let plain: Sandbox;
let secured: Sandbox;
let ca: string;

beforeAll(async () => {
  const tls = await certificate();
  ca = inFolder('ca.pem', tls.ca);
  inFolder('request.xml', folderRequest('alfred@contoso.com'));
  plain = await startSandbox(organisation);
  secured = await startSandbox({ ...organisation, tls, extendedProtection: 'require' });
});
beforeEach(() => {
  plain.control.reset();
  secured.control.reset();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([plain.close(), secured.close()]);
});

function run(command: string, args: readonly string[], env = {}): Promise<{ failed: boolean; output: string }> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, ...env }, encoding: 'utf8' as const };
    execFile(command, args, options, (error: ExecFileException | null, stdout, stderr) => {
      resolve({ failed: error !== null, output: `${stdout}${stderr}` });
    });
  });
}

const features = spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout ?? '';
const noCurl = /Features:.*\bNTLM\b/.test(features) ? '' : ' (skipped: install curl with NTLM)';
const hasGss = /Features:.*\bSPNEGO\b/.test(features) && existsSync('/etc/gss/mech.d/mech.ntlmssp.conf');
const noGss = hasGss ? '' : ' (skipped: install curl with SPNEGO, and gss-ntlmssp)';

/** Two requests. @returns their status */
async function curl(how: readonly string[], env = {}): Promise<string> {
  const body = ['-H', 'Content-Type: text/xml', '--data-binary', '@request.xml'];
  const each = ['-s', '-o', 'answer', '-w', '%{http_code} ', ...how, ...body, plain.ewsUrl];
  return (await run('curl', [...each, '--next', ...each], env)).output.trim();
}

describe('curl', () => {
  const once = { connections: 1, challenges: 1, signedIn: 1, refused: {} };

  test.skipIf(noCurl !== '')(`signs in by NTLM, once for all requests of a connection${noCurl}`, async () => {
    expect(await curl(['--ntlm', '-u', 'CONTOSO\\svc:secret'])).toBe('200 200');
    expect(plain.control.signIns()).toEqual(once);
  });

  test.skipIf(noCurl !== '').each([
    ['password', 'svc:wrong', 'wrongPassword'],
    ['domain', 'NORTHWIND\\svc:secret', 'unknownAccount'],
  ])(`is refused with a wrong %s${noCurl}`, async (_, user, reason) => {
    expect(await curl(['--ntlm', '-u', user])).toBe('401 401');
    expect(Object.keys(plain.control.signIns().refused)).toEqual([reason]);
  });

  test.skipIf(noGss !== '').each([
    ['signs in', 'secret', '200 200', once],
    ['is refused with a wrong password', 'wrong', '401 401', { refused: { wrongPassword: 2 } }],
  ])(`by NTLM in SPNEGO, with MIC and signed mechanisms, %s${noGss}`, async (_, password, seen, counts) => {
    const users = inFolder('users', `CONTOSO:svc:${password}\n`);
    expect(await curl(['--negotiate', '-u', ':'], { NTLM_USER_FILE: users })).toBe(seen);
    expect(plain.control.signIns()).toMatchObject(counts);
  });
});

/** Looks for them without loading them, which takes a second. */
const HAS_BOTH =
  'from importlib.util import find_spec as find; exit(0 if find("exchangelib") and find("requests_ntlm") else 1)';
const python = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', HAS_BOTH]).status === 0);
const noPython = python === undefined ? ' (skipped: pip install exchangelib requests-ntlm)' : '';

const PROGRAM = `
import sys
from exchangelib import NTLM, IMPERSONATION, Account, CalendarItem, Configuration, Credentials, EWSDateTime, EWSTimeZone
plain, secured = sys.argv[1:]
zone = EWSTimeZone('Europe/Berlin')
start, end = EWSDateTime(2026, 11, 24, 9, tzinfo=zone), EWSDateTime(2026, 11, 24, 10, tzinfo=zone)
def attempt(url, user, password):
    config = Configuration(service_endpoint=url, credentials=Credentials(user, password), auth_type=NTLM)
    try:
        account = Account('alfred@contoso.com', config=config, access_type=IMPERSONATION)
        CalendarItem(account=account, folder=account.calendar, subject='Yoga', start=start, end=end).save()
        print([item.subject for item in account.calendar.view(start, end)])
    except Exception as error:
        print(type(error).__name__)
attempt(plain, 'svc', 'secret')
attempt(plain, 'CONTOSO\\\\svc', 'wrong')
attempt(secured, 'CONTOSO\\\\svc', 'secret')
`;

test.skipIf(noPython !== '')(`exchangelib signs in by NTLM, and over TLS bound to it${noPython}`, async () => {
  const urls = [plain.ewsUrl, secured.ewsUrl];
  const { output } = await run(python ?? '', ['-c', PROGRAM, ...urls], { REQUESTS_CA_BUNDLE: ca });
  expect(output.trim().split('\n')).toEqual(["['Yoga']", 'UnauthorizedError', "['Yoga']"]);
  expect(Object.keys(secured.control.signIns().refused)).toEqual(['noCredentials']);
});
