import { inspect } from 'node:util';
import { basic, bearer, ews, kerberos } from '@appointed/transport-ews';
import { describe, expect, it, vi } from 'vitest';
import { answer, createItemResponse, saved } from './canned-answers.js';
import { type Behaviour, cannedServer } from './canned-server.js';
import { ALFRED, call, KEY, LESSON, SECRET, saveOne, transportTo } from './placing.js';

const WHOLE = createItemResponse(saved('item'));

/** Lets in whoever brings one of these tokens. */
function accepting(...tokens: readonly string[]): Behaviour {
  return (response, request, count) => {
    const isGood = tokens.some((token) => request.headers.authorization === `Bearer ${token}`);
    answer(isGood ? 200 : 401, isGood ? WHOLE : '')(response, request, count);
  };
}

describe('basic credentials', () => {
  it('sign in with user and password in UTF-8', async () => {
    await using server = await cannedServer(answer(200, WHOLE));
    const credentials = basic({ user: 'CONTOSO\\svc', password: 'Grün' });
    await saveOne(transportTo(server.url, { credentials }));
    const [, encoded = ''] = server.requests[0]?.headers.authorization?.split(' ') ?? [];
    expect(Buffer.from(encoded, 'base64').toString('utf8')).toBe('CONTOSO\\svc:Grün');
  });

  it.each([
    { user: '', password: 'x' },
    { user: 'a:b', password: 'x' },
    { user: 'svc', password: '' },
  ])('are refused where they can never work: %j', (given) => {
    expect(() => basic(given)).toThrow(expect.objectContaining({ code: 'invalid_options' }));
  });

  it('never show the password', () => {
    const credentials = basic({ user: 'svc', password: SECRET });
    const encoded = Buffer.from(`svc:${SECRET}`).toString('base64');
    const transport = transportTo('http://127.0.0.1:9/', { credentials });
    for (const value of [credentials, transport, { nested: { credentials } }]) {
      const shown = [inspect(value, { depth: 9, showHidden: true }), JSON.stringify(value), String(value)].join();
      expect(shown).not.toContain(SECRET);
      expect(shown).not.toContain(encoded);
    }
    expect(inspect(credentials)).toBe('[credentials of svc]');
  });
});

describe('bearer credentials', () => {
  it('ask for one token for all requests', async () => {
    await using server = await cannedServer(accepting('one'));
    let asked = 0;
    const transport = transportTo(server.url, {
      credentials: bearer(() => {
        asked += 1;
        return Promise.resolve('one');
      }),
    });
    const request = { mailbox: ALFRED, sendMode: 'none' as const, items: [{ key: KEY, content: LESSON }] };
    await Promise.all(Array.from({ length: 20 }, () => transport.save(request, call())));
    await transport.close();
    expect(asked).toBe(1);
    expect(server.requests).toHaveLength(20);
  });

  it('renew a refused token once, for all that wait', async () => {
    await using server = await cannedServer(accepting('new'));
    const tokens = ['old', 'new', 'third'];
    const transport = transportTo(server.url, { credentials: bearer(() => Promise.resolve(tokens.shift() ?? 'none')) });
    const request = { mailbox: ALFRED, sendMode: 'none' as const, items: [{ key: KEY, content: LESSON }] };
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => transport.save(request, call())));
    await transport.close();
    expect(outcomes.flat().map(({ kind }) => kind)).toEqual(Array.from({ length: 20 }, () => 'done'));
    expect(tokens).toEqual(['third']);
  });

  it('are what a credential of @azure/identity gives for the host, and are renewed before they end', async () => {
    await using server = await cannedServer(accepting('one', 'two', 'three'));
    const scopes: string[] = [];
    const tokens = ['one', 'two', 'three'];
    const credential = {
      getToken(scope: string) {
        scopes.push(scope);
        const token = tokens.shift();
        if (token === 'two') return Promise.reject(new Error('the issuer rests'));
        return Promise.resolve({ token: token ?? 'none', expiresOnTimestamp: Date.now() + 3_600_000 });
      },
    };
    const transport = transportTo(server.url, { credentials: bearer(credential) });
    const request = { mailbox: ALFRED, sendMode: 'none' as const, items: [{ key: KEY, content: LESSON }] };
    const used = async (ms: number): Promise<string | undefined> => {
      const then = Date.now() + ms;
      using _clock = vi.spyOn(Date, 'now').mockImplementation(() => then);
      expect(await transport.save(request, call())).toMatchObject([{ kind: 'done' }]);
      return server.requests.at(-1)?.headers.authorization;
    };
    expect(await used(0)).toBe('Bearer one');
    expect(await used(3_200_000)).toBe('Bearer one');
    expect(scopes).toHaveLength(1);
    // Five minutes before its end; that fails, and is left alone for a while.
    expect(await used(3_400_000)).toBe('Bearer one');
    expect(await used(3_405_000)).toBe('Bearer one');
    expect(scopes).toHaveLength(2);
    // Nobody waits for the renewal.
    expect(await used(3_411_000)).toBe('Bearer one');
    expect(await used(3_412_000)).toBe('Bearer three');
    expect(scopes).toEqual(Array.from({ length: 3 }, () => 'https://127.0.0.1/.default'));
    await transport.close();
  });

  it('are asked for anew when they have ended', async () => {
    await using server = await cannedServer(accepting('one', 'two'));
    const tokens = ['one', 'two'];
    const credential = {
      getToken: () => Promise.resolve({ token: tokens.shift() ?? 'none', expiresOnTimestamp: Date.now() + 1000 }),
    };
    const transport = transportTo(server.url, { credentials: bearer(credential) });
    const request = { mailbox: ALFRED, sendMode: 'none' as const, items: [{ key: KEY, content: LESSON }] };
    await transport.save(request, call());
    const later = Date.now() + 2000;
    using _clock = vi.spyOn(Date, 'now').mockImplementation(() => later);
    await transport.save(request, call());
    await transport.close();
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer one', 'Bearer two']);
  });

  it('say what Exchange says of a token that it refuses, and not the token', async () => {
    await using server = await cannedServer(
      answer(401, '', {
        'www-authenticate': 'Bearer client_id="1", error="invalid_token", error_description="The audience is wrong."',
        'x-ms-diagnostics':
          '2000003;reason="The hostname component of the audience claim value is invalid.";error_category="invalid_resource"',
      }),
    );
    const outcome = await saveOne(
      transportTo(server.url, { credentials: bearer(() => Promise.resolve(SECRET.replaceAll(' ', ''))) }),
    );
    expect(outcome).toMatchObject({
      kind: 'rejected',
      scope: 'run',
      error: {
        code: 'sign_in_failed',
        message: expect.stringMatching(/invalid_token; The audience .*audience claim value/),
      },
    });
    expect(inspect(outcome, { depth: 9 })).not.toContain(SECRET.replaceAll(' ', ''));
  });

  it('stop the run when the new token is refused too', async () => {
    await using server = await cannedServer(accepting());
    const outcome = await saveOne(transportTo(server.url, { credentials: bearer(() => Promise.resolve('bad')) }));
    expect(outcome).toMatchObject({ kind: 'rejected', scope: 'run', error: { code: 'sign_in_failed' } });
    expect(server.requests).toHaveLength(2);
  });

  it('stop the run when there is no token', async () => {
    const credentials = bearer(() => Promise.reject(new Error('the tenant is unknown')));
    const outcome = await saveOne(transportTo('http://127.0.0.1:9/', { credentials }));
    expect(outcome).toMatchObject({ kind: 'rejected', scope: 'run', error: { code: 'sign_in_failed' } });
  });

  it.each(['', 'two words', 'line\r\nbreak', undefined as unknown as string])(
    'stop the run when the provider gives no token: %j',
    async (token) => {
      await using server = await cannedServer(accepting());
      const outcome = await saveOne(transportTo(server.url, { credentials: bearer(() => Promise.resolve(token)) }));
      expect(outcome).toMatchObject({ kind: 'rejected', scope: 'run', error: { code: 'sign_in_failed' } });
      expect(server.requests).toHaveLength(0);
    },
  );

  it('send each request with an id of its own', async () => {
    await using server = await cannedServer(accepting());
    await saveOne(transportTo(server.url, { credentials: bearer(() => Promise.resolve('bad')) }));
    expect(new Set(server.requests.map(({ headers }) => headers['client-request-id'])).size).toBe(2);
  });

  it('do not wait for a token for ever', async () => {
    const credentials = bearer(() => new Promise(() => undefined));
    const outcome = await saveOne(transportTo('http://127.0.0.1:9/', { credentials }), { timeoutMs: 50 });
    expect(outcome).toMatchObject({ kind: 'rejected', error: { code: 'sign_in_failed' } });
  });

  it('are asked for once more a minute after a provider that gave no answer', async () => {
    await using server = await cannedServer(accepting('second'));
    let asked = 0;
    const credentials = bearer(() =>
      (asked += 1) === 1 ? new Promise<string>(() => undefined) : Promise.resolve('second'),
    );
    expect(await saveOne(transportTo(server.url, { credentials }), { timeoutMs: 20 })).toMatchObject({
      kind: 'rejected',
    });
    expect(await saveOne(transportTo(server.url, { credentials }), { timeoutMs: 20 })).toMatchObject({
      kind: 'rejected',
    });
    expect(asked).toBe(1);
    const later = Date.now() + 60_001;
    using _clock = vi.spyOn(Date, 'now').mockImplementation(() => later);
    expect(await saveOne(transportTo(server.url, { credentials }))).toMatchObject({ kind: 'done' });
  });

  it('give up waiting for a token when the run is aborted', async () => {
    const abort = new AbortController();
    const credentials = bearer(() => {
      abort.abort();
      return new Promise(() => undefined);
    });
    const outcome = await saveOne(transportTo('http://127.0.0.1:9/', { credentials }), { signal: abort.signal });
    expect(outcome).toMatchObject({ kind: 'deferred', error: { code: 'aborted' } });
  });
});

it('Kerberos needs its package, and says so where it is not installed', async () => {
  await using server = await cannedServer(answer(200, WHOLE));
  expect(await saveOne(transportTo(server.url, { credentials: kerberos() }))).toMatchObject({
    kind: 'rejected',
    scope: 'run',
    error: {
      code: 'sign_in_failed',
      message: expect.stringContaining('Kerberos needs the package kerberos'),
      hint: expect.stringContaining('npm install kerberos'),
    },
  });
  expect(server.requests).toHaveLength(0);
  expect(() => kerberos({ principal: 'svc' })).toThrow(expect.objectContaining({ field: 'principal' }));
});

it('what a server offers instead is said', async () => {
  await using server = await cannedServer(answer(401, '', { 'www-authenticate': 'Negotiate, NTLM' }));
  expect(await saveOne(transportTo(server.url))).toMatchObject({
    error: { code: 'sign_in_failed', message: expect.stringMatching(/\(401\): it offers Negotiate, NTLM$/) },
  });
});

it('credentials are not sent to where a server redirects', async () => {
  await using other = await cannedServer(answer(200, WHOLE));
  await using server = await cannedServer(answer(302, '', { location: `${other.url}?token=${KEY}` }));
  const outcome = await saveOne(transportTo(server.url));
  expect(outcome).toMatchObject({
    kind: 'rejected',
    scope: 'run',
    error: { message: expect.stringContaining(`redirects to ${other.url} (302)`) },
  });
  expect(inspect(outcome, { depth: 9 })).not.toContain(KEY);
  expect(other.requests).toHaveLength(0);
});

describe('the address of the service', () => {
  const credentials = basic({ user: 'svc', password: SECRET });

  it.each([
    'mail.contoso.com',
    'ftp://mail.contoso.com/',
    'http://mail.contoso.com/EWS/Exchange.asmx',
    'http://127.0.0.1.contoso.com/',
    'https://svc:secret@mail.contoso.com/EWS/Exchange.asmx',
  ])('is refused: %s', (url) => {
    expect(() => ews({ url, credentials })).toThrow(expect.objectContaining({ code: 'invalid_options', field: 'url' }));
  });

  it.each(['https://mail.contoso.com/EWS/Exchange.asmx', 'http://localhost:8080/', 'http://[::1]/'])(
    'is taken: %s',
    (url) => {
      expect(ews({ url, credentials }).name).toBe('ews');
    },
  );

  it('is of no use without credentials', () => {
    const url = 'https://mail.contoso.com/';
    expect(() => ews({ url } as never)).toThrow(expect.objectContaining({ code: 'invalid_options' }));
    const plain = { user: 'svc', password: SECRET };
    expect(() => ews({ url, credentials: plain as never })).toThrow(expect.objectContaining({ field: 'credentials' }));
  });

  it('may be plain HTTP elsewhere if somebody says so', () => {
    expect(ews({ url: 'http://mail.contoso.com/', credentials, insecurePlainHttp: true }).name).toBe('ews');
  });
});
