import type { Diagnosis } from '@appointed/core';
import { type Sandbox, startSandbox } from '@appointed/sandbox';
import { clientSecret, type TokenCredential } from '@appointed/transport-graph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { codes, examine, finding, inShort } from './examining.js';

const SECRET = 'Tr0ub4dor&3-staple';
const SCOPE = ['*@contoso.com', '!president@contoso.com'];
const PRESIDENT = 'president@contoso.com';
const TENANT = 'contoso.onmicrosoft.com';

let sandbox: Sandbox;
let host: string;

beforeAll(async () => {
  const application = { clientSecret: SECRET, tenant: TENANT, mailboxes: SCOPE };
  sandbox = await startSandbox({
    mailboxes: [
      { address: 'alfred@contoso.com', aliases: ['al@contoso.com'], timeZone: 'Europe/Berlin', culture: 'de-DE' },
      { address: 'beth@contoso.com', principalName: 'b@contoso.com' },
      { address: 'new@contoso.com', opened: false },
      { address: 'court@contoso.com', room: true },
      { address: 'racket@contoso.com', userPurpose: 'equipment' },
      { address: 'sales@contoso.com', userPurpose: 'shared' },
      { address: 'cellar@contoso.com', onPremises: true },
      { address: PRESIDENT, aliases: ['boss@contoso.com'] },
    ],
    applications: [
      { ...application, clientId: 'scoped' },
      { ...application, clientId: 'everybody', permissions: ['Calendars.ReadWrite', 'User.Read.All'] },
      { ...application, clientId: 'wide', mailboxes: ['*'] },
      { ...application, clientId: 'calendars-only', mailboxPermissions: ['Calendars.ReadWrite'], permissions: [] },
      { ...application, clientId: 'nobody', mailboxes: [] },
      { ...application, clientId: 'off', disabled: true },
      { ...application, clientId: 'ended', secretEnds: '2020-01-01T00:00:00Z' },
    ],
  });
  host = new URL(sandbox.url).host;
});
afterAll(() => sandbox.close());
afterEach(() => {
  sandbox.control.reset();
  sandbox.control.setFaults([]);
});

function as(clientId: string, changes: { readonly tenant?: string; readonly secret?: string } = {}): TokenCredential {
  return clientSecret({ tenant: TENANT, clientId, secret: SECRET, authority: sandbox.url, ...changes });
}

function examined(clientId: string, mailboxes?: readonly string[], denied?: string): Promise<readonly Diagnosis[]> {
  const options = { credential: as(clientId), baseUrl: sandbox.graphUrl };
  return examine(options, { ...(mailboxes && { mailboxes }), ...(denied === undefined ? {} : { denied }) });
}

describe('a diagnosis of Exchange Online', () => {
  it('finds nothing to mend where all is well, and writes nothing', async () => {
    const findings = await examined('scoped', undefined, PRESIDENT);
    expect(inShort(findings)).toEqual([
      `ok connection_local ${host}`,
      `ok clock_right ${host}`,
      'ok signed_in scoped',
      'ok consent_scoped scoped',
      'ok directory_readable scoped',
      'ok mailbox_ready alfred@contoso.com',
      `ok scope_holds ${PRESIDENT}`,
    ]);
    expect(finding(findings, 'mailbox_ready').message).toBe(
      'may be written to; its zone is W. Europe Standard Time, its language de-DE.',
    );
    const asked = sandbox.control.requests().map(({ operation = '' }) => operation);
    expect(asked.filter((one) => !one.startsWith('GET '))).toEqual([
      '',
      'POST /oauth2/v2.0/token',
      'POST /oauth2/v2.0/token',
    ]);
  });

  it('says of each mailbox what it is', async () => {
    const mailboxes = [
      'al@contoso.com',
      'b@contoso.com',
      'new@contoso.com',
      'court@contoso.com',
      'racket@contoso.com',
      'sales@contoso.com',
      'cellar@contoso.com',
      'nobody@contoso.com',
      PRESIDENT,
    ];
    const findings = await examined('scoped', mailboxes);
    expect(inShort(findings).slice(5)).toEqual([
      'warning address_is_alias al@contoso.com',
      'ok mailbox_ready al@contoso.com',
      'warning address_is_alias b@contoso.com',
      'ok mailbox_ready b@contoso.com',
      'warning zone_missing new@contoso.com',
      'ok mailbox_ready new@contoso.com',
      'warning mailbox_is_room court@contoso.com',
      'ok mailbox_ready court@contoso.com',
      'warning mailbox_is_room racket@contoso.com',
      'ok mailbox_ready racket@contoso.com',
      'warning mailbox_is_shared sales@contoso.com',
      'ok mailbox_ready sales@contoso.com',
      'problem mailbox_elsewhere cellar@contoso.com',
      'problem mailbox_missing nobody@contoso.com',
      `problem rights_missing ${PRESIDENT}`,
      'skipped scope_untested scoped',
    ]);
    expect(finding(findings, 'mailbox_elsewhere')).toMatchObject({
      message: expect.stringContaining('MailboxNotEnabledForRESTAPI'),
      advice: expect.stringContaining('on premises'),
    });
    expect(finding(findings, 'rights_missing').commands?.[0]).toBe(
      `Test-ServicePrincipalAuthorization -Identity 'scoped' -Resource '${PRESIDENT}' | Format-Table RoleName, AllowedResourceScope, InScope`,
    );
  });

  it('says that a consent for everybody makes the scope void, and how to see and mend it', async () => {
    const findings = await examined('everybody', [], PRESIDENT);
    expect(inShort(findings).slice(3)).toEqual([
      'warning consent_unscoped everybody',
      'ok directory_readable everybody',
      `problem scope_too_wide ${PRESIDENT}`,
    ]);
    const { commands = [] } = finding(findings, 'scope_too_wide');
    expect(commands.at(-1)).toMatch(/^Test-ServicePrincipalAuthorization -Identity 'everybody' -Resource 'president@/);
    expect(commands.join('\n')).toContain('Remove-MgServicePrincipalAppRoleAssignment');
  });

  it('looks at the mailbox that must be denied by whatever name it is given', async () => {
    expect(inShort(await examined('scoped', [], 'boss@contoso.com')).at(-1)).toBe('ok scope_holds boss@contoso.com');
  });

  it('says that what Exchange has assigned is too wide, without blaming a consent', async () => {
    const { commands = [] } = finding(await examined('wide', [], PRESIDENT), 'scope_too_wide');
    expect(commands).toHaveLength(1);
  });

  it('says which permissions are missing', async () => {
    const findings = await examined('calendars-only');
    expect(inShort(findings).slice(3)).toEqual([
      'ok consent_scoped calendars-only',
      'warning directory_unreadable calendars-only',
      'warning settings_unreadable alfred@contoso.com',
      'ok mailbox_ready alfred@contoso.com',
      'skipped scope_untested calendars-only',
    ]);
    const { commands = [] } = finding(await examined('nobody'), 'rights_missing');
    expect(commands).toContain(
      "New-ManagementRoleAssignment -App 'OBJECT-ID' -Role 'Application Calendars.ReadWrite' -CustomResourceScope 'Appointed'",
    );
  });

  it('says that the mailbox which must be denied proves nothing, where it is elsewhere', async () => {
    expect(inShort(await examined('scoped', [], 'cellar@contoso.com')).at(-1)).toBe(
      'warning scope_unclear cellar@contoso.com',
    );
  });

  it('says that an application access policy keeps the application out in spite of its consent', async () => {
    sandbox.control.setFaults([{ fault: 'error', code: 'ErrorAccessDenied', status: 403, mailbox: PRESIDENT }]);
    const { commands } = finding(await examined('everybody', [PRESIDENT]), 'rights_missing');
    expect(commands).toEqual(['Get-ApplicationAccessPolicy | Format-List AppId, AccessRight, ScopeName']);
  });

  it.each([
    [{ fault: 'busy', operation: 'GET /users/{id}/calendar' }, 'warning server_busy'],
    [{ fault: 'status', status: 503, operation: 'GET /users/{id}/calendar' }, 'problem service_unavailable'],
    [{ fault: 'reset', operation: 'GET /users/{id}/calendar' }, 'problem server_unreachable'],
    [{ fault: 'error', code: 'ErrorQuotaExceeded', status: 400 }, 'problem mailbox_refused'],
    [{ fault: 'error', code: 'ErrorInvalidRequest', operation: 'GET /users/{id}/calendars' }, 'problem search_refused'],
  ] as const)('says what is the matter with a mailbox, and goes on: %o', async (fault, short) => {
    sandbox.control.setFaults([{ mailbox: 'alfred@contoso.com', ...fault }]);
    const findings = inShort(await examined('scoped', ['alfred@contoso.com', 'new@contoso.com']));
    expect(findings).toContain(`${short} alfred@contoso.com`);
    expect(findings).not.toContain('ok mailbox_ready alfred@contoso.com');
    expect(findings).toContain('ok mailbox_ready new@contoso.com');
  });

  it('stops where Graph does not take the token', async () => {
    sandbox.control.setFaults([{ fault: 'status', status: 401, mailbox: 'alfred@contoso.com' }]);
    const findings = await examined('scoped', ['alfred@contoso.com', 'new@contoso.com']);
    expect(inShort(findings).at(-1)).toBe('problem sign_in_refused scoped');
  });
});

/** What is found about a credential that is refused. */
async function refused(credential: TokenCredential): Promise<Diagnosis> {
  const findings = await examine({ credential, baseUrl: sandbox.graphUrl });
  expect(codes(findings).slice(0, 2)).toEqual(['connection_local', 'clock_right']);
  expect(findings).toHaveLength(3);
  expect(JSON.stringify(findings)).not.toContain(SECRET);
  const [, , last] = findings;
  return last ?? { code: '', level: 'ok', subject: '', message: '' };
}

/** A credential whose tokens say so. */
function token(claims: object): TokenCredential {
  const text = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.e30`;
  return { getToken: () => Promise.resolve({ token: text, expiresOnTimestamp: Date.now() + 3_600_000 }) };
}

describe('a diagnosis of sign-in', () => {
  it.each([
    ['a wrong secret', () => as('scoped', { secret: `${SECRET}!` }), 'AADSTS7000215', /value of the client secret/],
    ['a secret that has ended', () => as('ended'), 'AADSTS7000222', /has ended/],
    ['an application that nobody knows', () => as('x'), 'AADSTS700016', /client id and the tenant/],
    ['an application that is switched off', () => as('off'), 'AADSTS7000112', /switched off/],
    ['another tenant', () => as('scoped', { tenant: 'typo.com' }), 'AADSTS90002', /one of its domains/],
  ])('says what to do about %s', async (_, credential, number, advice) => {
    expect(await refused(credential())).toMatchObject({
      level: 'problem',
      code: 'sign_in_refused',
      message: expect.stringContaining(number),
      advice: expect.stringMatching(advice),
    });
  });

  it.each([
    [
      'AADSTS50034: The user account does not exist. Trace ID: 1 Correlation ID: 2',
      'https://login.microsoftonline.com/error?code=50034',
    ],
    ['no certificate file', 'Check how the credential is made'],
  ])('sends elsewhere with what it does not know: %s', async (said, advice) => {
    const finding = await refused({ getToken: () => Promise.reject(new Error(said)) });
    expect(finding).toMatchObject({ code: 'sign_in_refused', advice: expect.stringContaining(advice) });
    expect(finding.message).not.toContain('Trace ID');
  });

  it('says that Entra is not reached', async () => {
    const unreachable = Object.assign(new Error('getaddrinfo ENOTFOUND login'), { code: 'ENOTFOUND' });
    const finding = await refused({ getToken: () => Promise.reject(unreachable) });
    expect(finding).toMatchObject({ code: 'entra_unreachable', message: 'got no token: getaddrinfo ENOTFOUND login.' });
  });

  it('says that a token is of a user', async () => {
    const credential = token({ appid: 'app', scp: 'Calendars.ReadWrite' });
    const findings = await examine({ credential, baseUrl: sandbox.graphUrl });
    expect(inShort(findings).slice(2)).toEqual(['ok signed_in app', 'problem token_of_user app']);
  });

  it('goes on with a token that it cannot read', async () => {
    const credential = { getToken: async () => ({ token: 'opaque', expiresOnTimestamp: Date.now() + 3_600_000 }) };
    const findings = await examine({ credential, baseUrl: sandbox.graphUrl });
    expect(codes(findings).slice(2)).toEqual(['signed_in', 'token_unreadable', 'sign_in_refused']);
  });

  it('ends when it is aborted, without a finding about that', async () => {
    const limits = { signal: AbortSignal.abort() };
    expect(await examine({ credential: as('scoped'), baseUrl: sandbox.graphUrl }, { limits })).toEqual([]);
  });
});
