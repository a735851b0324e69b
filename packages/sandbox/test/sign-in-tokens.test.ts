import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { requestToken } from './graph-client.js';
import { folderRequest } from './raw-client.js';

const app = { clientId: 'app', clientSecret: 'hush', mailboxes: ['*'] };
const USER = { grant_type: 'password', client_secret: undefined, username: 'svc@contoso.com', password: 'secret' };

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    mailboxes: [{ address: 'alfred@contoso.com' }],
    serviceAccounts: [
      { user: 'svc', password: 'secret', impersonates: ['*'] },
      { user: 'gone', password: 'secret', disabled: true },
    ],
    applications: [app],
    signIn: ['bearer'],
  });
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox.close());

/** A token for EWS here, unless said otherwise. */
function token(changes: Record<string, string | undefined> = {}): ReturnType<typeof requestToken> {
  return requestToken(sandbox.tokenUrl, app, { ...USER, scope: 'https://127.0.0.1/.default', ...changes });
}

async function ask(access: unknown, url = sandbox.ewsUrl): Promise<Response> {
  const headers = { authorization: `Bearer ${String(access)}`, 'content-type': 'text/xml' };
  return fetch(url, { method: 'POST', headers, body: folderRequest('alfred@contoso.com') });
}

async function refusal(changes: Record<string, string | undefined>): Promise<unknown[]> {
  const response = await ask((await token(changes)).json.access_token);
  const reasons = Object.keys(sandbox.control.signIns().refused);
  return [response.status, ...reasons, response.headers.get('x-ms-diagnostics')];
}

describe('a token of a user', () => {
  test('opens EWS, for an application with a secret and for one without', async () => {
    expect((await ask((await token()).json.access_token)).status).toBe(200);
    expect((await ask((await token({ client_secret: 'hush' })).json.access_token)).status).toBe(200);
    const scope = 'https://127.0.0.1:8443/EWS.AccessAsUser.All';
    expect((await ask((await token({ scope })).json.access_token)).status).toBe(200);
  });

  test('does not for another host', async () => {
    expect(await refusal({ scope: 'https://mail.contoso.com/.default' })).toEqual([
      401,
      'wrongAudience',
      expect.stringMatching(
        /^2000003;reason="The audience claim value is invalid .*mail.contoso.com.*";error_category="invalid_resource"$/,
      ),
    ]);
  });

  test('does not where it has been called by another name than it is for', async () => {
    const response = await ask((await token()).json.access_token, sandbox.ewsUrl.replace('127.0.0.1', 'localhost'));
    expect(response.status).toBe(401);
  });

  test('does not when it has expired', async () => {
    const { json } = await token();
    sandbox.control.advanceClock(3_600_000);
    expect((await ask(json.access_token)).status).toBe(401);
    expect(sandbox.control.signIns().refused).toEqual({ expiredToken: 1 });
  });

  test('does not when the account is gone', async () => {
    sandbox.control.createServiceAccount({ user: 'temp', password: 'secret', impersonates: ['*'] });
    const { json } = await token({ username: 'temp' });
    expect((await ask(json.access_token)).status).toBe(200);
    sandbox.control.removeServiceAccount('temp');
    expect((await ask(json.access_token)).status).toBe(401);
  });

  test('opens no mailbox of Microsoft Graph', async () => {
    const { json } = await token({ scope: 'https://graph.microsoft.com/.default' });
    const response = await fetch(`${sandbox.graphUrl}/users/alfred@contoso.com/calendar`, {
      headers: { authorization: `Bearer ${json.access_token}` },
    });
    expect([response.status, await response.text()]).toEqual([401, expect.stringContaining('Invalid audience')]);
  });

  test('whose signature is not the sandbox’s is nobody’s', async () => {
    const [header, , signature] = String((await token()).json.access_token).split('.');
    const claims = Buffer.from(JSON.stringify({ aud: 'https://127.0.0.1', upn: 'svc', idtyp: 'user', exp: 9e9 }));
    expect((await ask(`${header}.${claims.toString('base64url')}.${signature}`)).status).toBe(401);
    expect(sandbox.control.signIns().refused).toEqual({ invalidToken: 1 });
  });

  test.each([
    ['a wrong password', { password: 'wrong' }, '400 invalid_grant', /^AADSTS50126/],
    ['a name that there is not', { username: 'who' }, '400 invalid_grant', /^AADSTS50126/],
    ['an account that is disabled', { username: 'gone' }, '400 invalid_grant', /^AADSTS50057/],
    ['no name', { username: undefined }, '400 invalid_request', /'username'/],
    ['no password', { password: undefined }, '400 invalid_request', /'password'/],
    ['a wrong secret', { client_secret: 'wrong' }, '401 invalid_client', /^AADSTS7000215/],
  ])('is not given for %s', async (_, changes, inShort, description) => {
    const { json, ...refused } = await token(changes);
    expect([refused.inShort, json.error_description]).toEqual([inShort, expect.stringMatching(description)]);
  });
});

test('an application’s own token opens no EWS on premises', async () => {
  expect(await refusal({ grant_type: 'client_credentials', client_secret: 'hush' })).toEqual([
    401,
    'applicationToken',
    expect.stringMatching(/^\d+;reason="[^"]+";error_category="invalid_grant"$/),
  ]);
});

test('Graph takes an application’s token for itself, in every cloud, and for nobody else', async () => {
  const status = async (scope: string): Promise<number> => {
    const { json } = await token({ grant_type: 'client_credentials', client_secret: 'hush', scope });
    const headers = { authorization: `Bearer ${json.access_token}` };
    return (await fetch(`${sandbox.graphUrl}/users/alfred@contoso.com/calendar`, { headers })).status;
  };
  expect(await status('https://graph.microsoft.com/.default')).toBe(200);
  expect(await status('https://graph.microsoft.us/.default')).toBe(200);
  expect(await status(`${sandbox.url}/.default`)).toBe(200);
  expect(await status('https://outlook.office365.com/.default')).toBe(401);
});
