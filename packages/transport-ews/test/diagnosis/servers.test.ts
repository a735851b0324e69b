import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { basic, EWS_DIAGNOSIS_CODES } from '@appointed/transport-ews';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { answer, NOT_SERVED, refused, responseOf, soapFault, told } from '../canned-answers.js';
import { type Behaviour, cannedServer } from '../canned-server.js';
import { SECRET } from '../placing.js';
import { schemaIsAtHand, validate } from '../schema.js';
import { codes, examine, finding } from './examining.js';

const CALENDAR = responseOf('GetFolder', told('GetFolder', '<m:Folders><t:CalendarFolder/></m:Folders>'));

/** A server that knows nobody who has not signed in, and answers the others operation by operation. */
function exchange(
  replies: Readonly<Record<string, string>> = {},
  challenge: readonly string[] = ['Basic realm="x"'],
): Behaviour {
  return (response, request, count) => {
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': [...challenge] }).end();
      return;
    }
    const operation = /\/(\w+)"$/.exec(String(request.headers['soapaction']))?.[1] ?? '';
    answer(200, { GetFolder: CALENDAR, ...replies }[operation] ?? NOT_SERVED)(response, request, count);
  };
}

function version(minor: number, build: number, major = 15): string {
  const header =
    `<s:Header><h:ServerVersionInfo xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types"` +
    ` MajorVersion="${major}" MinorVersion="${minor}" MajorBuildNumber="${build}" MinorBuildNumber="17"/></s:Header>`;
  return CALENDAR.replace('<s:Body>', `${header}<s:Body>`);
}

/** An answer with another body. */
function body(content: string): string {
  return CALENDAR.replace(/<s:Body>.*<\/s:Body>/, `<s:Body>${content}</s:Body>`);
}

async function found(
  behave: Behaviour,
  examined: Parameters<typeof examine>[1] = {},
): Promise<ReturnType<typeof examine>> {
  await using server = await cannedServer(behave);
  return await examine(server.url, examined);
}

describe('a diagnosis of the way to the server', () => {
  it('says that there is none', async () => {
    const server = await cannedServer(exchange());
    await server[Symbol.asyncDispose]();
    const findings = await examine(server.url);
    expect(codes(findings)).toEqual(['server_unreachable', 'sign_in_untested']);
    expect(findings[0]?.message).toContain('ECONNREFUSED');
  });

  it('waits no longer than it may', async () => {
    const findings = await found(() => undefined, { limits: { timeoutMs: 50 } });
    expect(codes(findings)).toEqual(['server_unreachable', 'sign_in_untested']);
    expect(findings[0]?.message).toContain('no answer within 50 ms');
  });

  it.each([
    [404, {}, 'address_wrong', 'has nothing at /EWS/Exchange.asmx (404).'],
    [302, { location: '/owa/' }, 'address_wrong', 'redirects to /owa/ (302).'],
    [503, {}, 'service_unavailable', 'answers 503.'],
  ])('says what %i means, and sends no password', async (status, headers, code, message) => {
    await using server = await cannedServer(answer(status, '', headers));
    const findings = await examine(server.url);
    expect(codes(findings).slice(2)).toEqual([code, 'sign_in_untested']);
    expect(finding(findings, code)).toMatchObject({ level: 'problem', message });
    expect(server.requests).toHaveLength(1);
  });

  it('says that a web page answers in place of Exchange', async () => {
    const findings = await found(answer(200, '<!doctype html><h1>Welcome</h1>', { 'content-type': 'text/html' }));
    expect(codes(findings).slice(2)).toEqual(['sign_in_unasked', 'not_exchange']);
  });

  it.each([
    [500, 'service_unavailable'],
    [403, 'ews_forbidden'],
    [413, 'address_wrong'],
  ])('says what %i means when it comes after sign-in', async (status, code) => {
    const behave: Behaviour = (response, request) => {
      const isKnown = request.headers.authorization !== undefined;
      response.writeHead(isKnown ? status : 401, isKnown ? {} : { 'www-authenticate': 'Basic' }).end();
    };
    expect(codes(await found(behave)).at(-1)).toBe(code);
  });

  it.each([
    [600_000, 'problem', 'ahead of'],
    [-600_000, 'problem', 'behind'],
    [120_000, 'warning', 'ahead of'],
    [30_000, 'ok', 'the same time'],
  ])('compares the clocks: %i ms', async (ms, level, words) => {
    const date = new Date(Date.now() + ms).toUTCString();
    const findings = await found((response) => {
      response.writeHead(503, { date }).end();
    });
    const clock = findings.find(({ code }) => code.startsWith('clock_'));
    expect(clock).toMatchObject({ level, message: expect.stringContaining(words) });
  });

  it('says that a server tells no time', async () => {
    const findings = await found((response) => {
      response.sendDate = false;
      response.writeHead(503).end();
    });
    expect(codes(findings)).toContain('clock_unknown');
  });

  it('warns of plain HTTP to another machine', async () => {
    await using server = await cannedServer(exchange());
    const url = server.url.replace('127.0.0.1', '0.0.0.0');
    expect(codes(await examine(url, { insecurePlainHttp: true }))).toContain('connection_plain');
  });
});

describe('a diagnosis of the ways to sign in', () => {
  const WINDOWS = ['Negotiate', 'NTLM'];

  it.each([
    [[...WINDOWS, 'Basic realm="a, Digest b"'], 'offers Negotiate, NTLM, Basic; Basic is used.'],
    [
      ['Negotiate, basic realm="x", Bearer client_id="1", trusted_issuers="2"'],
      'offers Negotiate, basic, Bearer; Basic is used.',
    ],
  ])('reads the challenges %s', async (challenge, message) => {
    expect(finding(await found(exchange({}, challenge)), 'sign_in_offered').message).toBe(message);
  });

  it('says that the scheme is not offered, and how to switch it on', async () => {
    const findings = await found(exchange({}, WINDOWS));
    expect(finding(findings, 'sign_in_not_offered')).toMatchObject({
      message: 'offers Negotiate, NTLM, and not Basic, with which the account is to sign in.',
      commands: [
        "Set-WebServicesVirtualDirectory -Identity 'SERVER\\EWS (Default Web Site)' -BasicAuthentication $true",
      ],
    });
  });

  it('writes names into PowerShell lines so that they cannot become more', async () => {
    const denied = soapFault('ErrorImpersonateUserDenied');
    const credentials = basic({ user: "o'hara\u2019; rm", password: SECRET });
    const findings = await found(exchange({ GetFolder: denied }), { credentials });
    expect(finding(findings, 'rights_missing').commands?.[0]).toContain("-RoleAssignee 'o''hara\u2019\u2019; rm' |");
  });
});

describe('a diagnosis of a version', () => {
  it.each([
    [15, 2, 2562, 'build_supported', 'is Exchange Subscription Edition, build 15.2.2562.17.'],
    [15, 2, 1544, 'build_supported', 'is Exchange 2019, build 15.2.1544.17.'],
    [15, 0, 847, 'build_supported', 'is Exchange 2013, build 15.0.847.17.'],
    [15, 0, 775, 'build_too_old', 'is Exchange 2013, build 15.0.775.17.'],
    [14, 3, 123, 'build_too_old', 'is Exchange 2010, build 14.3.123.17.'],
    [15, 20, 9000, 'build_online', 'is Exchange Online, build 15.20.9000.17.'],
  ])('knows %i.%i.%i', async (major, minor, build, code, message) => {
    const findings = await found(exchange({ GetFolder: version(minor, build, major) }));
    expect(finding(findings, code).message).toBe(message);
  });

  it('says that it is not told', async () => {
    expect(codes(await found(exchange()))).toContain('build_unknown');
  });
});

describe('a diagnosis of rooms', () => {
  const lists = `<m:GetRoomListsResponse ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:RoomLists><t:Address><t:Name>Rooms</t:Name><t:EmailAddress>rooms@contoso.com</t:EmailAddress></t:Address></m:RoomLists></m:GetRoomListsResponse>`;
  const rooms = `<m:GetRoomsResponse ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Rooms><t:Room><t:Id><t:Name>1</t:Name><t:EmailAddress>Alfred@contoso.com</t:EmailAddress></t:Id></t:Room></m:Rooms></m:GetRoomsResponse>`;

  it('says that a mailbox is one of those that the server lists', async () => {
    const ResolveNames = responseOf('ResolveNames', refused('ErrorNameResolutionNoResults', {}, 'ResolveNames'));
    await using server = await cannedServer(
      exchange({ GetRoomLists: body(lists), GetRooms: body(rooms), ResolveNames }),
    );
    const findings = await examine(server.url);
    expect(finding(findings, 'rooms_listed').message).toContain('1 rooms in 1 room lists');
    expect(finding(findings, 'mailbox_is_room')).toMatchObject({ level: 'warning', subject: 'alfred@contoso.com' });
    const [, ...asked] = server.requests;
    for (const request of schemaIsAtHand ? asked : []) validate(request.body);
    expect(asked.map((request) => request.body).join('')).toContain(
      '<m:RoomList><t:EmailAddress>rooms@contoso.com</t:EmailAddress></m:RoomList>',
    );
  });

  it('says that it lists none', async () => {
    const none = body(lists.replace(/<m:RoomLists>.*<\/m:RoomLists>/, '<m:RoomLists/>'));
    const findings = await found(exchange({ GetRoomLists: none }));
    expect(finding(findings, 'rooms_unknown').message).toBe('lists no rooms, in 0 room lists.');
  });
});

it('says that a row is a group, and that the account may act for nobody', async () => {
  const group =
    '<m:ResolutionSet><t:Resolution><t:Mailbox><t:EmailAddress>alfred@contoso.com</t:EmailAddress><t:MailboxType>PublicDL</t:MailboxType></t:Mailbox></t:Resolution></m:ResolutionSet>';
  const ResolveNames = responseOf('ResolveNames', told('ResolveNames', group));
  const replies = { GetFolder: soapFault('ErrorNonExistentMailbox'), ResolveNames };
  expect(finding(await found(exchange(replies)), 'not_a_mailbox').message).toBe('is a group, and no mailbox.');
  const denied = responseOf('GetFolder', refused('ErrorImpersonationDenied', {}, 'GetFolder'));
  expect(codes(await found(exchange({ GetFolder: denied })))).toContain('role_missing');
});

describe('a diagnosis of a certificate', () => {
  const behave = exchange();
  async function overTls(days: number, name: string, isGiven = true): Promise<Awaited<ReturnType<typeof examine>>> {
    const notAfterDate = new Date(Date.now() + days * 86_400_000 + 3_600_000);
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'Contoso CA' }], {
      keyType: 'ec',
      notAfterDate,
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
    });
    const server = createServer({ cert, key }, (message, response) => {
      message.resume();
      behave(response, { headers: message.headers, body: '' }, 1);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://localhost:${(server.address() as AddressInfo).port}/EWS/Exchange.asmx`;
    try {
      return await examine(url, isGiven ? { ca: cert } : {});
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  it('says that it is trusted', async () => {
    const findings = await overTls(300, 'localhost');
    expect(finding(findings, 'certificate_trusted').message).toBe(
      'has a certificate of Contoso CA that is trusted, over TLSv1.3.',
    );
    expect(codes(findings)).toContain('signed_in');
  });

  it('says that it ends soon', async () => {
    expect(finding(await overTls(12, 'localhost'), 'certificate_expires').message).toContain('in 12 days');
  });

  it.each([
    ['nobody vouches for it', 300, 'localhost', false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['it is for another name', 300, 'mail.contoso.com', true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['it is over', -2, 'localhost', true, 'CERT_HAS_EXPIRED'],
  ])('says that %s, and does not sign in', async (_what, days, name, isGiven, complaint) => {
    const findings = await overTls(days, name, isGiven);
    expect(finding(findings, 'certificate_untrusted').message).toContain(
      `(${complaint}): issued by Contoso CA for ${name}`,
    );
    expect(codes(findings).at(-1)).toBe('sign_in_untested');
  });
});

it('has a code for each of its findings', () => {
  expect(new Set(EWS_DIAGNOSIS_CODES).size).toBe(EWS_DIAGNOSIS_CODES.length);
});
