import { inspect } from 'node:util';
import { createRunner } from '@appointed/core';
import { startSandbox } from '@appointed/sandbox';
import { basic, bearer, type EwsCredentials, kerberos, ntlm } from '@appointed/transport-ews';
import { expect, it } from 'vitest';
import { md4 } from '../src/ntlm/md4.js';
import { responseKey } from '../src/ntlm/response-key.js';
import { transportTo } from './placing.js';

const PASSWORD = 'Tr0ub4dor&3-staple';
const TOKEN = 'eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl';
const EVENTS = [
  'runStarted',
  'rowSkipped',
  'placementStarted',
  'placementSaved',
  'placementRejected',
  'placementDeferred',
  'placementUnknown',
  'runEnded',
] as const;

/** A secret, and what is as good as one, as bytes are written: as they are, in hexadecimal numbers and in Base64. */
function forms(...secrets: readonly (string | Buffer)[]): readonly string[] {
  return secrets
    .map((secret) => Buffer.from(secret))
    .flatMap((bytes) => [
      bytes.toString('latin1'),
      bytes.toString('hex'),
      bytes.toString('base64').replace(/=+$/, ''),
      inspect(bytes).slice(8, 40),
    ]);
}

/** Whatever somebody may print of a value. */
function shown(value: unknown): string {
  const json = JSON.stringify(value, (_key, inner: unknown) => (inner instanceof Error ? { ...inner } : inner));
  return [inspect(value, { depth: 20, showHidden: true, maxArrayLength: null }), json, String(value)].join('\n');
}

const FORMS = forms(
  PASSWORD,
  `svc:${PASSWORD}`,
  Buffer.from(PASSWORD, 'utf16le'),
  md4(Buffer.from(PASSWORD, 'utf16le')),
  responseKey('svc', 'CONTOSO', PASSWORD),
  TOKEN,
);

it('secrets are looked for in all of their forms', () => {
  expect(shown({ password: PASSWORD })).toContain(FORMS[0]);
  expect(shown({ key: responseKey('svc', 'CONTOSO', PASSWORD) })).toContain(FORMS.at(-5));
  expect(FORMS.every((form) => form.length > 15)).toBe(true);
});

it.each<[string, EwsCredentials]>([
  ['NTLM', ntlm({ user: 'CONTOSO\\svc', password: PASSWORD })],
  ['Basic', basic({ user: 'svc', password: PASSWORD })],
  ['Bearer', bearer(() => Promise.resolve(TOKEN))],
  ['Kerberos', kerberos()],
])(
  'nothing that a run is, tells or throws shows a secret of %s, whether it is let in or refused',
  async (scheme, credentials) => {
    const told: unknown[] = [credentials, { nested: [credentials] }];
    for (const password of [PASSWORD, 'another']) {
      await using exchange = await startSandbox({
        mailboxes: [{ address: 'alfred@contoso.com' }],
        serviceAccounts: [
          { user: 'CONTOSO\\svc', password, ...(password === PASSWORD ? { token: TOKEN } : {}), impersonates: ['*'] },
        ],
        signIn: ['ntlm', 'basic', 'bearer'],
      });
      const transport = transportTo(exchange.ewsUrl, { credentials });
      await using runner = await createRunner({ transport });
      for (const event of EVENTS) runner.on(event, (payload: unknown) => told.push(payload));
      const report = await runner.run({
        mailboxes: ['alfred@contoso.com'],
        factory: {
          getAppointment: () => ({
            subject: 'Lesson',
            start: new Date('2027-01-15T09:00Z'),
            end: new Date('2027-01-15T10:00Z'),
          }),
        },
      });
      const isLetIn = password === PASSWORD && scheme !== 'Kerberos';
      expect(report.stopped?.code).toBe(isLetIn ? undefined : 'sign_in_failed');
      told.push(transport, runner, report, report.stopped?.stack, report.stopped?.cause);
      for await (const finding of transport.diagnose({
        mailboxes: [],
        signal: new AbortController().signal,
        timeoutMs: 5000,
      }))
        told.push(finding);
    }
    expect(told.length).toBeGreaterThan(12);
    for (const value of told) {
      const text = shown(value);
      for (const form of FORMS) expect(text).not.toContain(form);
    }
  },
);
