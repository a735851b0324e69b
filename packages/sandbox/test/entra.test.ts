import { createPrivateKey, constants, sign, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApplicationSeed, type Sandbox, startSandbox } from '../src/index.js';
import { requestToken } from './graph-client.js';

const TENANT = 'contoso.onmicrosoft.com';
const SIGNED = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const app = { clientId: 'app-1', clientSecret: 'hush' };

/** The clock of the sandbox. */
const NOW = Date.parse('2026-11-22T10:00:00Z');

let certificate: string;
let key: string;
let sandbox: Sandbox;

beforeAll(async () => {
  ({ cert: certificate, private: key } = await generate([{ name: 'commonName', value: 'app' }]));
  sandbox = await startSandbox({
    clock: () => new Date(NOW),
    applications: [
      { ...app, tenant: TENANT },
      { clientId: 'ended', clientSecret: 'hush', tenant: TENANT, secretEnds: '2026-11-22T09:59:59Z' },
      { clientId: 'off', clientSecret: 'hush', tenant: TENANT, disabled: true },
      { clientId: 'elsewhere', clientSecret: 'hush', tenant: 'fabrikam.onmicrosoft.com' },
      { clientId: 'certified', certificate, tenant: TENANT },
    ],
  });
});
afterAll(() => sandbox.close());

async function refusal(clientId: string, changes: Record<string, string | undefined> = {}, tenant = TENANT) {
  const url = `${sandbox.url}/${tenant}/oauth2/v2.0/token`;
  const { inShort, json } = await requestToken(url, { ...app, clientId }, changes);
  return json.error_description === undefined
    ? inShort
    : `${inShort} ${String(json.error_description).slice(0, String(json.error_description).indexOf(':'))}`;
}

describe('a tenant', () => {
  test.each([
    ['is not there', 'app-1', 'typo.onmicrosoft.com', '400 invalid_request AADSTS90002'],
    ['has no such application', 'elsewhere', TENANT, '400 unauthorized_client AADSTS700016'],
    ['has switched the application off', 'off', TENANT, '400 unauthorized_client AADSTS7000112'],
    ['is the right one, in any case', 'app-1', TENANT.toUpperCase(), '200'],
  ])('%s', async (_, clientId, tenant, inShort) => {
    expect(await refusal(clientId, {}, tenant)).toBe(inShort);
  });
});

test('a secret has an end', async () => {
  expect(await refusal('ended')).toBe('401 invalid_client AADSTS7000222');
});

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function thumbprint(): string {
  return Buffer.from(new X509Certificate(certificate).fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
}

/** What a client sends that has the certificate's key. */
function assertion(changes: { header?: object; claims?: object; key?: string } = {}): Record<string, string> {
  const seconds = NOW / 1000;
  const header = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint(), ...changes.header };
  const aud = `${sandbox.url}/${TENANT}/oauth2/v2.0/token`;
  const claims = { aud, iss: 'certified', sub: 'certified', jti: '1', nbf: seconds, exp: seconds + 600 };
  const signed = `${encoded(header)}.${encoded({ ...claims, ...changes.claims })}`;
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const how = header.alg === 'PS256' ? pss : {};
  const signature = sign('sha256', Buffer.from(signed), { key: createPrivateKey(changes.key ?? key), ...how });
  return { client_assertion: `${signed}.${signature.toString('base64url')}`, client_assertion_type: SIGNED };
}

describe('a certificate', () => {
  const without = { client_secret: undefined };

  test.each(['PS256', 'RS256'])('signs an application in by %s', async (alg) => {
    expect(await refusal('certified', { ...without, ...assertion({ header: { alg } }) })).toBe('200');
  });

  test.each([
    ['by another key', async () => assertion({ key: (await generate()).private }), '401 invalid_client AADSTS700027'],
    [
      'that it does not name',
      async () => assertion({ header: { 'x5t#S256': 'x' } }),
      '401 invalid_client AADSTS700027',
    ],
    ['of another', async () => assertion({ claims: { iss: 'app-1' } }), '401 invalid_client AADSTS700021'],
    ['for another tenant', async () => assertion({ claims: { aud: 'x' } }), '401 invalid_client AADSTS700023'],
    ['that is over', async () => assertion({ claims: { exp: NOW / 1000 } }), '401 invalid_client AADSTS700024'],
    ['that is none', async () => ({ client_assertion: 'x' }), '400 invalid_request AADSTS900144'],
    ['', async () => ({}), '401 invalid_client AADSTS7000218'],
  ])('is not enough with an assertion %s', async (_, make, inShort) => {
    expect(await refusal('certified', { ...without, ...(await make()) })).toBe(inShort);
  });

  test('does not make a secret', async () => {
    expect(await refusal('certified')).toBe('401 invalid_client AADSTS7000215');
  });
});

test.each<[string, ApplicationSeed, RegExp]>([
  ['nothing to sign in with', { clientId: 'x' }, /x needs a clientSecret, a certificate, or both/],
  ['a certificate that is none', { clientId: 'x', certificate: 'PEM' }, /certificate of x is none/],
  ['an end that is no time', { ...app, secretEnds: 'soon' }, /secretEnds of app-1 is no time/],
])('an application with %s is refused', async (_, application, message) => {
  await expect(startSandbox({ applications: [application] })).rejects.toThrow(message);
});
