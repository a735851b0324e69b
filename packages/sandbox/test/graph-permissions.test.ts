import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { GraphClient, requestToken } from './graph-client.js';
import { lesson } from './graph-organisation.js';

const SECRET = 'hush';
const SCOPED = ['alfred@contoso.com'];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    mailboxes: [
      { address: 'alfred@contoso.com' },
      { address: 'president@contoso.com' },
      { address: 'sales@contoso.com', userPurpose: 'shared' },
    ],
    applications: [
      { clientId: 'scoped', clientSecret: SECRET, mailboxes: SCOPED },
      { clientId: 'everybody', clientSecret: SECRET, mailboxes: SCOPED, permissions: ['Calendars.ReadWrite'] },
      { clientId: 'reader', clientSecret: SECRET, mailboxes: SCOPED, mailboxPermissions: ['Calendars.Read'] },
      { clientId: 'nobody', clientSecret: SECRET, permissions: [] },
    ],
  });
});
afterAll(() => sandbox.close());

async function asked(clientId: string, method: 'get' | 'post', path: string): Promise<string> {
  const graph = new GraphClient(sandbox, { clientId, clientSecret: SECRET });
  const reply = method === 'get' ? await graph.get(`/users/${path}`) : await graph.post(`/users/${path}`, lesson());
  return reply.inShort;
}

async function rolesOf(clientId: string): Promise<unknown> {
  const { json } = await requestToken(sandbox.tokenUrl, { clientId, clientSecret: SECRET });
  const [, claims = ''] = String(json.access_token).split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')).roles;
}

describe('an application', () => {
  test('whose permissions Exchange has assigned has them in its scope, and not in its token', async () => {
    expect(await rolesOf('scoped')).toEqual(['User.Read.All']);
    expect(await asked('scoped', 'post', 'alfred@contoso.com/events')).toBe('201');
    expect(await asked('scoped', 'get', 'president@contoso.com/calendar')).toBe('403 ErrorAccessDenied');
  });

  test('with a consent for everybody has no scope any more', async () => {
    expect(await rolesOf('everybody')).toEqual(['Calendars.ReadWrite']);
    expect(await asked('everybody', 'post', 'president@contoso.com/events')).toBe('201');
    expect(await asked('everybody', 'get', 'president@contoso.com/mailboxSettings')).toBe('403 ErrorAccessDenied');
    expect(await asked('everybody', 'get', 'alfred@contoso.com/mailboxSettings')).toBe('200');
    expect(await asked('everybody', 'get', 'alfred@contoso.com')).toBe('403 Authorization_RequestDenied');
  });

  test('that may only read reads', async () => {
    expect(await asked('reader', 'get', 'alfred@contoso.com/events')).toBe('200');
    expect(await asked('reader', 'post', 'alfred@contoso.com/events')).toBe('403 ErrorAccessDenied');
    expect(await asked('reader', 'get', 'alfred@contoso.com/mailboxSettings')).toBe('403 ErrorAccessDenied');
  });

  test('with no permission gets a token without roles', async () => {
    expect(await rolesOf('nobody')).toBeUndefined();
    expect(await asked('nobody', 'get', 'alfred@contoso.com/calendar')).toBe('403 ErrorAccessDenied');
  });
});

test('a mailbox says what it is for', async () => {
  sandbox.control.createApplication({ clientId: 'all', clientSecret: SECRET, mailboxes: ['*'] });
  const graph = new GraphClient(sandbox, { clientId: 'all', clientSecret: SECRET });
  expect((await graph.get('/users/sales@contoso.com/mailboxSettings')).json.userPurpose).toBe('shared');
  expect(() => sandbox.control.createMailbox({ address: 'x@contoso.com', userPurpose: 'car' as never })).toThrow(
    /userPurpose "car" of x@contoso.com is none of user, linked/,
  );
});
