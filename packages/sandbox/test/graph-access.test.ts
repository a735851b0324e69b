import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { GraphClient, app, requestToken } from './graph-client.js';
import { ALFRED, lesson, organisation } from './graph-organisation.js';

let sandbox: Sandbox;
let graph: GraphClient;

beforeEach(async () => {
  sandbox = await startSandbox(organisation);
  graph = new GraphClient(sandbox);
});

afterEach(() => sandbox.close());

describe('a token', () => {
  test('is given to an application that shows its secret', async () => {
    const { status, json } = await requestToken(sandbox.tokenUrl, app);
    expect([status, json]).toEqual([
      200,
      {
        token_type: 'Bearer',
        expires_in: 3599,
        ext_expires_in: 3599,
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      },
    ]);
    const basic = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
    });
    const signIn = async (authorization: string) =>
      (await fetch(sandbox.tokenUrl, { method: 'POST', headers: { authorization }, body })).status;
    expect(await signIn(basic)).toBe(200);
    expect(await signIn(`Basic ${Buffer.from(`${app.clientId}:%`).toString('base64')}`)).toBe(401);
  });

  test.each([
    [
      'a wrong secret',
      { client_secret: 'wrong' },
      '401 invalid_client',
      /^AADSTS7000215: Invalid client secret provided/,
    ],
    ['no secret', { client_secret: undefined }, '401 invalid_client', /^AADSTS7000218/],
    ['an application that there is not', { client_id: 'app-9' }, '400 unauthorized_client', /^AADSTS700016: .*'app-9'/],
    ['no application', { client_id: undefined }, '400 invalid_request', /^AADSTS900144: .*'client_id'/],
    ['another grant', { grant_type: 'device_code' }, '400 unsupported_grant_type', /^AADSTS70003/],
    ['no scope', { scope: undefined }, '400 invalid_request', /'scope'/],
    ['a scope of somebody who signs in', { scope: 'Calendars.ReadWrite' }, '400 invalid_scope', /^AADSTS1002012/],
  ])('is refused for %s, and the secret stays out of the answer', async (_, changes, inShort, description) => {
    const refused = await requestToken(sandbox.tokenUrl, app, changes);
    expect(refused.inShort).toBe(inShort);
    expect(refused.json).toEqual({
      error: expect.any(String),
      error_description: expect.stringMatching(description),
      error_codes: [expect.any(Number)],
      timestamp: '2026-11-22 10:00:00Z',
      trace_id: expect.any(String),
      correlation_id: expect.any(String),
      error_uri: expect.stringContaining('code='),
    });
    expect(JSON.stringify(refused.json)).not.toContain('wrong');
  });

  test('is wanted by every request, and lasts an hour', async () => {
    const get = async (authorization?: string) => {
      const response = await fetch(`${sandbox.graphUrl}${ALFRED}`, {
        headers: authorization === undefined ? {} : { authorization },
      });
      const { error } = (await response.json()) as { error?: { code: string; message: string } };
      return { status: response.status, error, challenge: response.headers.get('www-authenticate') };
    };
    expect(await get()).toMatchObject({
      status: 401,
      error: { code: 'InvalidAuthenticationToken', message: 'Access token is empty.' },
      challenge: expect.stringMatching(/^Bearer realm="", authorization_uri="http/),
    });
    expect((await get('Bearer nonsense')).error?.message).toMatch(/^IDX14100: JWT is not well formed/);
    expect((await get('Bearer e30.e30.e30')).error?.message).toMatch(/Invalid signature/);
    const { json } = await requestToken(sandbox.tokenUrl, app);
    const bearer = `Bearer ${json.access_token}`;
    expect((await get(bearer)).status).toBe(200);
    sandbox.control.advanceClock(3_599_000);
    expect((await get(bearer)).error?.message).toBe('Lifetime validation failed, the token is expired.');
  });

  test('is worth nothing once its application is gone', async () => {
    expect((await graph.get(ALFRED)).status).toBe(200);
    sandbox.control.removeApplication(app.clientId);
    expect((await graph.get(ALFRED)).inShort).toBe('401 InvalidAuthenticationToken');
    expect((await requestToken(sandbox.tokenUrl, app)).inShort).toBe('400 unauthorized_client');
    expect(sandbox.control.applications()).toEqual(['app-2']);
    sandbox.control.createApplication({ ...app, mailboxes: ['*'] });
    expect((await graph.get(ALFRED)).status).toBe(200);
  });
});

async function control(method: string, query: string, body?: object) {
  const response = await fetch(`${sandbox.url}/control/applications${query}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return [response.status, await response.json()];
}

test('applications come and go by the control API, and are checked', async () => {
  expect(await control('POST', '', { clientId: 'app-3', clientSecret: 's' })).toEqual([200, { ok: true }]);
  expect(await control('GET', '')).toEqual([200, ['app-1', 'app-2', 'app-3']]);
  expect(await control('DELETE', '?clientId=APP-3')).toEqual([200, { ok: true }]);
  expect(await control('DELETE', '?clientId=app-3')).toEqual([404, { error: 'clientId: app-3 is unknown' }]);
  expect(await control('POST', '', { clientId: 'App-1', clientSecret: 's' })).toEqual([
    400,
    { error: 'applications: App-1 is there twice; client ids are not case-sensitive' },
  ]);
  expect(await control('POST', '', { clientId: 'app-3' })).toEqual([
    400,
    { error: 'applications: app-3 needs a clientSecret, a certificate, or both' },
  ]);
});

describe('a mailbox', () => {
  test('is known by the user’s principal name and object id, and by no other address', async () => {
    const { json } = await graph.get('/users/berta@corp.contoso.com');
    expect(json).toEqual({
      '@odata.context': `${sandbox.graphUrl}/$metadata#users/$entity`,
      businessPhones: [],
      displayName: 'Berta',
      givenName: null,
      jobTitle: null,
      mail: 'Berta@contoso.com',
      mobilePhone: null,
      officeLocation: null,
      preferredLanguage: 'en-US',
      surname: null,
      userPrincipalName: 'berta@corp.contoso.com',
      id: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect((await graph.get(`/users/${json.id}/events`)).status).toBe(200);
    expect((await graph.get('/users/berta@contoso.com')).inShort).toBe('404 Request_ResourceNotFound');
    expect((await graph.get('/users/al@contoso.com/events')).inShort).toBe('404 ErrorInvalidUser');
    const selected = await graph.get(`${ALFRED}?$select=id,mail,proxyAddresses`);
    expect(selected.json.proxyAddresses).toEqual(['SMTP:alfred@contoso.com', 'smtp:al@contoso.com']);
    expect((await graph.get(`${ALFRED}?$select=shoeSize`)).json.error).toMatchObject({
      code: 'BadRequest',
      message:
        "Parsing OData Select and Expand failed: Could not find a property named 'shoeSize' on type 'microsoft.graph.user'.",
    });
  });

  test('is found by an alias, an address and a security identifier, where the directory may be read', async () => {
    const found = async (filter: string, select = 'userPrincipalName') => {
      const { inShort, json } = await graph.get(`/users?$filter=${encodeURIComponent(filter)}&$select=${select}`);
      return json.value ?? inShort;
    };
    const alfred = [{ userPrincipalName: 'alfred@contoso.com' }];
    expect(await found("proxyAddresses/any(one:one eq 'SMTP:AL@contoso.com')")).toEqual(alfred);
    expect(await found("mail eq 'berta@contoso.com'")).toEqual([{ userPrincipalName: 'berta@corp.contoso.com' }]);
    const { json } = await graph.get(`${ALFRED}?$select=onPremisesSecurityIdentifier`);
    expect(await found(`onPremisesSecurityIdentifier eq '${json.onPremisesSecurityIdentifier}'`)).toEqual(alfred);
    expect(await found("userPrincipalName eq 'al@contoso.com'")).toEqual([]);
    expect(await found("mail ne 'x'")).toBe('400 BadRequest');
    expect(await found("shoeSize eq 'x'")).toBe('400 Request_UnsupportedQuery');
    expect(await found("mail eq 'x' or mail eq 'y'")).toBe('400 BadRequest');
    expect((await graph.get('/users')).inShort).toBe('400 BadRequest');
    sandbox.control.createApplication({ clientId: 'blind', clientSecret: 's', mailboxes: ['*'], permissions: [] });
    const blind = new GraphClient(sandbox, { clientId: 'blind', clientSecret: 's' });
    expect((await blind.get("/users?$filter=mail eq 'x'")).inShort).toBe('403 Authorization_RequestDenied');
  });

  test('outside the application’s scope is closed to it; the directory is not', async () => {
    const denied = await graph.post('/users/denied@contoso.com/events', lesson());
    expect(denied.inShort).toBe('403 ErrorAccessDenied');
    expect(denied.json.error.message).toBe('Access is denied. Check credentials and try again.');
    expect((await graph.get('/users/denied@contoso.com')).status).toBe(200);
    const other = new GraphClient(sandbox, { clientId: 'app-2', clientSecret: 'other-secret' });
    expect((await other.post('/users/denied@contoso.com/events', lesson())).status).toBe(201);
  });

  test('on premises has no REST, and one in the cloud no EWS', async () => {
    const refused = await graph.get('/users/onprem@contoso.com/mailboxSettings');
    expect(refused.inShort).toBe('404 MailboxNotEnabledForRESTAPI');
    expect(refused.json.error.message).toBe('The mailbox is either inactive, soft-deleted, or is hosted on-premise.');
    expect((await graph.get('/users/onprem@contoso.com')).status).toBe(200);
    expect((await graph.post('/users/cloud@contoso.com/events', lesson())).status).toBe(201);
    expect(sandbox.items('cloud@contoso.com')).toHaveLength(1);
    expect(() => sandbox.control.createMailbox({ address: 'x@contoso.com', remote: true, onPremises: true })).toThrow(
      /both remote and onPremises/,
    );
  });

  test('has settings: zone, language, hours, and what it is for', async () => {
    const { json } = await graph.get(`${ALFRED}/mailboxSettings`);
    expect(json).toMatchObject({
      timeZone: 'Pacific Standard Time',
      language: { locale: 'en-US', displayName: 'English (United States)' },
      userPurpose: 'user',
      workingHours: { startTime: '08:00:00.0000000', timeZone: { name: 'Pacific Standard Time' } },
    });
    expect((await graph.get('/users/room1@contoso.com/mailboxSettings?$select=userPurpose')).json).toEqual({
      '@odata.context': expect.any(String),
      userPurpose: 'room',
    });
    expect((await graph.get('/users/fresh@contoso.com/mailboxSettings')).json).toMatchObject({ timeZone: '' });
  });
});

describe('an answer', () => {
  test('can be traced: its ids are in the headers, and in the body of an error', async () => {
    const { headers, json } = await graph.get(`${ALFRED}/events/x`, { 'client-request-id': 'mine' });
    expect(json.error).toEqual({
      code: 'ErrorInvalidIdMalformed',
      message: 'Id is malformed.',
      innerError: {
        date: '2026-11-22T10:00:00',
        'request-id': headers.get('request-id'),
        'client-request-id': 'mine',
      },
    });
    expect(headers.get('client-request-id')).toBe('mine');
    expect(headers.get('content-type')).toMatch(/^application\/json;odata.metadata=minimal/);
  });

  test('says what is not served', async () => {
    expect((await graph.get(`${ALFRED}/messages`)).json.error).toMatchObject({
      code: 'BadRequest',
      message: "Resource not found for the segment 'messages'.",
    });
    const notAllowed = await graph.delete(`${ALFRED}/calendarView`);
    expect([notAllowed.status, notAllowed.headers.get('allow')]).toEqual([405, 'GET']);
    expect((await fetch(`${sandbox.url}/beta${ALFRED}`)).status).toBe(404);
  });
});
