import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { basic } from './ews-client.js';

const OUTLOOK = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';
const ELSEWHERE = 'http://127.0.0.1:9/EWS/Exchange.asmx';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({
    mailboxes: [
      { address: 'alfred@contoso.com', name: 'Alfred & Co', aliases: ['al@contoso.com'] },
      { address: 'cloud@contoso.com', remote: true },
      { address: 'other@contoso.com', remote: true, ewsUrl: ELSEWHERE },
      { address: 'moved@contoso.com', ewsUrl: ELSEWHERE },
    ],
    serviceAccounts: [{ user: 'svc', password: 'secret', token: 'token' }],
  });
});

afterEach(() => sandbox.close());

const request = (address: string, { schema = OUTLOOK, year = '2006' } = {}) =>
  `<?xml version="1.0" encoding="utf-8"?><Autodiscover ` +
  `xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/${year}"><Request>` +
  `<EMailAddress>${address}</EMailAddress><AcceptableResponseSchema>${schema}</AcceptableResponseSchema></Request></Autodiscover>`;

async function pox(body: string, { method = 'POST', authorization = basic('svc', 'secret') } = {}) {
  const response = await fetch(`${sandbox.url}/Autodiscover/Autodiscover.xml`, {
    method,
    headers: { 'content-type': 'text/xml; charset=utf-8', ...(authorization === '' ? {} : { authorization }) },
    ...(method === 'GET' ? {} : { body }),
  });
  const xml = await response.text();
  const texts = (name: string) =>
    [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) => text);
  return { status: response.status, challenge: response.headers.get('www-authenticate'), xml, texts };
}

async function json(path: string): Promise<[status: number, answer: unknown]> {
  const response = await fetch(`${sandbox.url}/autodiscover/autodiscover.json${path}`);
  return [response.status, await response.json()];
}

describe('Autodiscover in plain old XML', () => {
  test('leads to the server itself', async () => {
    const { status, xml, texts } = await pox(request('alfred@contoso.com'));
    expect(status).toBe(200);
    expect(texts('Action')).toEqual(['settings']);
    expect(texts('Type')).toEqual(['EXCH', 'EXPR', 'WEB', 'EXCH']);
    expect(new Set([...texts('EwsUrl'), ...texts('ASUrl')])).toEqual(new Set([sandbox.ewsUrl]));
    expect(texts('DisplayName')).toEqual(['Alfred &amp; Co']);
    expect(texts('AutoDiscoverSMTPAddress')).toEqual(['alfred@contoso.com']);
    expect(texts('MicrosoftOnline')).toEqual(['False']);
    expect(xml).toContain(`<Response xmlns="${OUTLOOK}">`);
  });

  test('takes an alias, names the primary address, and reads the namespace of either edition', async () => {
    const { texts } = await pox(request('AL@contoso.com', { year: '2006a' }));
    expect(texts('AutoDiscoverSMTPAddress')).toEqual(['alfred@contoso.com']);
  });

  test('sends who asks for a mailbox in Exchange Online on to its address there, and from there to its EWS', async () => {
    const onPremises = await pox(request('cloud@contoso.com'));
    expect(onPremises.texts('Action')).toEqual(['redirectAddr']);
    expect(onPremises.texts('RedirectAddr')).toEqual(['cloud@contoso.mail.onmicrosoft.com']);
    expect(onPremises.texts('EwsUrl')).toEqual([]);
    const online = await pox(request('cloud@contoso.mail.onmicrosoft.com'));
    expect(online.texts('MicrosoftOnline')).toEqual(['True']);
    expect(new Set(online.texts('EwsUrl'))).toEqual(new Set(['https://outlook.office365.com/EWS/Exchange.asmx']));
  });

  test('leads where the seed points', async () => {
    expect(new Set((await pox(request('moved@contoso.com'))).texts('EwsUrl'))).toEqual(new Set([ELSEWHERE]));
    const online = await pox(request('other@contoso.mail.onmicrosoft.com'));
    expect(new Set(online.texts('EwsUrl'))).toEqual(new Set([ELSEWHERE]));
  });

  test.each([
    ['an address that nobody has', '500', request('nobody@contoso.com')],
    ['an address that nobody has online', '500', request('nobody@contoso.mail.onmicrosoft.com')],
    ['an address online of who is here', '500', request('alfred@contoso.mail.onmicrosoft.com')],
    ['what is no XML', '600', '<Autodiscover'],
    ['another document', '600', '<Other/>'],
    ['no address', '600', request('')],
    ['no schema', '600', request('alfred@contoso.com', { schema: '' })],
    ['an unknown namespace', '600', request('alfred@contoso.com', { year: '1999' })],
    ['another schema', '601', request('alfred@contoso.com', { schema: OUTLOOK.replace('outlook', 'mobilesync') })],
  ])('answers %s with ErrorCode %s and HTTP 200', async (_, code, body) => {
    const { status, texts, xml } = await pox(body);
    expect([status, texts('ErrorCode')]).toEqual([200, [code]]);
    expect(xml).toContain(
      '<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">',
    );
  });

  test('wants credentials, whatever is asked and however', async () => {
    for (const method of ['POST', 'GET']) {
      const { status, challenge } = await pox(request('alfred@contoso.com'), { method, authorization: '' });
      expect([status, challenge]).toEqual([401, expect.stringContaining('Basic realm=')]);
    }
    expect((await pox(request('x'), { authorization: basic('svc', 'wrong') })).status).toBe(401);
    expect((await pox(request('alfred@contoso.com'), { authorization: 'Bearer token' })).status).toBe(200);
    expect((await pox('', { method: 'GET' })).status).toBe(405);
  });

  test('is in the log', async () => {
    await pox(request('al@contoso.com'));
    const row = { operation: 'Autodiscover', mailbox: 'alfred@contoso.com', account: 'svc', status: 200 };
    expect(sandbox.control.requests()).toMatchObject([row]);
  });
});

describe('Autodiscover in JSON', () => {
  test('tells everybody where EWS is, here and online', async () => {
    expect(await json('/v1.0/alfred@contoso.com?Protocol=EWS')).toEqual([
      200,
      { Protocol: 'EWS', Url: sandbox.ewsUrl },
    ]);
    expect(await json('/v1.0/cloud%40contoso.com?protocol=Ews')).toEqual([
      200,
      { Protocol: 'Ews', Url: 'https://outlook.office365.com/EWS/Exchange.asmx' },
    ]);
    expect(await json('/v1.0/other@contoso.com?Protocol=EWS')).toEqual([200, { Protocol: 'EWS', Url: ELSEWHERE }]);
    expect(await json('?Email=al@contoso.com&Protocol=EWS')).toEqual([200, { Protocol: 'EWS', Url: sandbox.ewsUrl }]);
  });

  test('tells where the other Autodiscover is', async () => {
    const protocol = 'AutodiscoverV1';
    const here = `${sandbox.url}/autodiscover/autodiscover.xml`;
    const online = 'https://outlook.office365.com/autodiscover/autodiscover.xml';
    expect(await json('/v1.0/alfred@contoso.com?Protocol=AutodiscoverV1')).toEqual([
      200,
      { Protocol: protocol, Url: here },
    ]);
    expect(await json('/v1.0/cloud@contoso.com?Protocol=AutodiscoverV1')).toEqual([
      200,
      { Protocol: protocol, Url: online },
    ]);
  });

  test.each([
    ['/v1.0/alfred@contoso.com?Protocol=Gopher', 400, 'InvalidProtocol'],
    ['/v1.0/alfred@contoso.com', 400, 'MandatoryParameterMissing'],
    ['/v1.0/nobody@contoso.com?Protocol=EWS', 404, 'UserNotFound'],
    ['/v1.0/?Protocol=EWS', 404, 'UserNotFound'],
    ['/v1.0/%zz?Protocol=EWS', 404, 'UserNotFound'],
  ])('refuses %s: %i %s', async (path, status, code) => {
    expect(await json(path)).toEqual([status, { ErrorCode: code, ErrorMessage: expect.any(String) }]);
  });
});

test('an ewsUrl that is no address is refused at the start', async () => {
  await expect(startSandbox({ mailboxes: [{ address: 'a@x.com', ewsUrl: 'nowhere' }] })).rejects.toThrow(
    /ewsUrl "nowhere"/,
  );
});
