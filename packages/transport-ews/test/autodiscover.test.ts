import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type MailboxSeed, type Sandbox, startSandbox } from '@appointed/sandbox';
import { autodiscover, type AutodiscoverOptions, basic, type EwsCredentials, ntlm } from '@appointed/transport-ews';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { certificateFor } from './certificate-for.js';
import { saveOne, SECRET, transportTo } from './placing.js';

let tls: { readonly cert: string; readonly key: string };

beforeAll(async () => {
  tls = await certificateFor('localhost');
});

function start(seed: Partial<MailboxSeed> = {}): Promise<Sandbox> {
  return startSandbox({
    mailboxes: [{ address: 'alfred@contoso.com', ...seed }],
    serviceAccounts: [{ user: 'svc', password: SECRET, impersonates: ['*@contoso.com'] }],
    signIn: ['ntlm', 'basic'],
    tls,
  });
}

/** Looks for Alfred at a host of this machine, and nowhere else: nobody answers at localhost itself. */
function look(port: number, options: Partial<AutodiscoverOptions> = {}): Promise<string> {
  const credentials = basic({ user: 'svc', password: SECRET });
  return autodiscover({
    email: 'alfred@localhost',
    credentials,
    allowHosts: [`localhost:${port}`],
    ca: tls.cert,
    ...options,
  });
}

/** A server over TLS that answers what it is told for a path, and keeps what it was asked. */
async function server(
  answers: Readonly<Record<string, { status?: number; headers?: Record<string, string>; body?: string }>>,
) {
  const asked: { readonly path: string; readonly authorization: string | undefined }[] = [];
  const made = createServer(tls, (request, response) => {
    const path = request.url ?? '';
    asked.push({ path, authorization: request.headers.authorization });
    const { status = 200, headers = {}, body = '' } = answers[path.replace(/\/v1\.0\/.*/, '')] ?? { status: 404 };
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    port: (made.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => made.close(resolve));
    },
  };
}

const V2 = '/autodiscover/autodiscover.json';
const POX = '/autodiscover/autodiscover.xml';

function pox(account: string): string {
  return (
    '<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">' +
    '<Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">' +
    `<Account>${account}</Account></Response></Autodiscover>`
  );
}

function protocol(type: string, url: string): string {
  return `<Protocol><Type>${type}</Type><EwsUrl>${url}</EwsUrl></Protocol>`;
}

describe('autodiscover', () => {
  it('finds a local Exchange by V2, without credentials, and a transport works with what it found', async () => {
    await using exchange = await start();
    const credentials = ntlm({ user: 'svc', password: SECRET });
    const url = await look(exchange.port, { email: 'alfred@contoso.com', credentials });
    expect(url).toBe(exchange.ewsUrl.replace('127.0.0.1', 'localhost'));
    expect(exchange.control.signIns()).toMatchObject({ challenges: 0 });
    expect(await saveOne(transportTo(url, { credentials, ca: tls.cert }))).toMatchObject({ kind: 'done' });
  });

  it.each([
    ['NTLM', ntlm({ user: 'svc', password: SECRET })],
    ['Basic', basic({ user: 'svc', password: SECRET })],
  ])('asks in plain old XML, signed in by %s, where there is no V2', async (_scheme, credentials: EwsCredentials) => {
    await using exchange = await start();
    await using front = await server({
      [V2]: { status: 404 },
      [POX]: { status: 307, headers: { location: `https://localhost:${exchange.port}${POX}` } },
    });
    const allowHosts = [`localhost:${front.port}`, `localhost:${exchange.port}`];
    const url = await look(front.port, { email: 'alfred@contoso.com', credentials, allowHosts });
    expect(url).toBe(exchange.ewsUrl.replace('127.0.0.1', 'localhost'));
    // The front did not ask for them.
    expect(front.asked.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
  });

  it('takes the address for clients from outside', async () => {
    const [outside, inside] = [
      'https://mail.localhost/EWS/Exchange.asmx',
      'https://server1.localhost/EWS/Exchange.asmx',
    ];
    await using front = await server({ [POX]: { body: pox(protocol('EXCH', inside) + protocol('EXPR', outside)) } });
    expect(await look(front.port)).toBe(outside);
  });

  it.each([
    [
      'V2 names another host',
      { [V2]: { body: '{"Url":"https://mail.example.com/EWS/Exchange.asmx"}' } },
      'mail.example.com is not in allowHosts',
    ],
    [
      'V2 names plain HTTP',
      { [V2]: { body: '{"Url":"http://mail.localhost/EWS/Exchange.asmx"}' } },
      'http://mail.localhost is not https',
    ],
    [
      'XML names another host',
      { [POX]: { body: pox(protocol('EXPR', 'https://localhost.example.com/')) } },
      'localhost.example.com is not in allowHosts',
    ],
    [
      'XML redirects to another host',
      { [POX]: { body: pox('<RedirectUrl>https://example.com/a.xml</RedirectUrl>') } },
      'example.com is not in allowHosts',
    ],
    [
      'HTTP redirects to another host',
      { [POX]: { status: 302, headers: { location: 'https://example.com/' } } },
      'example.com is not in allowHosts',
    ],
    [
      'HTTP redirects to plain HTTP',
      { [POX]: { status: 302, headers: { location: 'http://localhost/' } } },
      'http://localhost is not https',
    ],
    [
      'an address elsewhere is meant',
      { [POX]: { body: pox('<RedirectAddr>alfred@example.com</RedirectAddr>') } },
      'alfred@localhost is alfred@example.com elsewhere',
    ],
    ['it redirects to itself', { [POX]: { status: 302, headers: { location: POX } } }, 'redirects again and again'],
    [
      'another site answers',
      { [V2]: { body: '<h1>Welcome</h1>' }, [POX]: { body: '<h1>Welcome</h1>' } },
      'no Autodiscover',
    ],
  ])('follows nowhere else: %s', async (_what, answers, words) => {
    await using front = await server(answers);
    await expect(look(front.port)).rejects.toMatchObject({
      code: 'connection_failed',
      message: expect.stringContaining(words),
      hint: expect.stringContaining('allowHosts'),
    });
    expect(front.asked.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it('asks about the address under which a mailbox is known, and leaves it where Exchange Online is not allowed', async () => {
    await using exchange = await start({ remote: true });
    const allowHosts = [`localhost:${exchange.port}`];
    const asking = look(exchange.port, { email: 'alfred@contoso.com', allowHosts });
    await expect(asking).rejects.toMatchObject({
      message: expect.stringContaining('outlook.office365.com is not in allowHosts'),
    });
  });

  it('asks nobody else with a password that was refused', async () => {
    await using front = await server({ [POX]: { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } } });
    await using other = await server({});
    const allowHosts = [`localhost:${front.port}`, `localhost:${other.port}`];
    const failed = look(front.port, { allowHosts });
    await expect(failed).rejects.toMatchObject({
      code: 'sign_in_failed',
      message: expect.not.stringContaining(SECRET),
    });
    expect(front.asked.filter(({ authorization }) => authorization !== undefined)).toHaveLength(1);
    expect(other.asked).toEqual([]);
  });

  it('gives a password to nobody who does not ask for it in that way, and asks on', async () => {
    await using front = await server({ [POX]: { status: 401, headers: { 'www-authenticate': 'Negotiate, NTLM' } } });
    await using other = await server({ [V2]: { body: '{"Url":"https://mail.localhost/"}' } });
    const allowHosts = [`localhost:${front.port}`, `localhost:${other.port}`];
    expect(await look(front.port, { allowHosts })).toBe('https://mail.localhost/');
    expect(front.asked.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
  });

  it('says what is wrong with a certificate, and asks for nothing there', async () => {
    await using front = await server({});
    await expect(look(front.port, { ca: (await certificateFor('localhost')).cert })).rejects.toMatchObject({
      code: 'connection_failed',
      message: expect.stringContaining('certificate is not trusted'),
      hint: expect.stringContaining('in ca'),
    });
    expect(front.asked).toEqual([]);
  });

  it('keeps an answer for an hour, and no failure', async () => {
    const answers: Record<string, { body?: string; status?: number }> = { [V2]: { status: 500 } };
    await using front = await server(answers);
    const credentials = basic({ user: 'svc', password: SECRET });
    const again = () => look(front.port, { credentials });
    await expect(again()).rejects.toThrow('answers 500');
    answers[V2] = { body: '{"Url":"https://one.localhost/"}' };
    expect(await again()).toBe('https://one.localhost/');
    answers[V2] = { body: '{"Url":"https://two.localhost/"}' };
    expect(await again()).toBe('https://one.localhost/');
    const later = Date.now() + 3_600_000;
    using _clock = vi.spyOn(Date, 'now').mockImplementation(() => later);
    expect(await again()).toBe('https://two.localhost/');
  });

  it.each([
    [{ email: 'alfred' }, 'email'],
    [{ email: 'alfred@contoso.com/evil' }, 'email'],
    [{ allowHosts: ['https://mail.contoso.com'] }, 'allowHosts'],
    [{ credentials: {} as never }, 'credentials'],
  ])('refuses what can never work: %j', async (options, field) => {
    await expect(look(9, options)).rejects.toMatchObject({ code: 'invalid_options', field });
  });
});
