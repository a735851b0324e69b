import { type AppointmentTransport, parseMailbox } from '@appointed/core';
import { type Sandbox, startSandbox } from '@appointed/sandbox';
import { basic, bearer } from '@appointed/transport-ews';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { call, KEY, LESSON, SECRET, transportTo } from '../placing.js';
import { codes, examine, finding, inShort } from './examining.js';

let sandbox: Sandbox;
let host: string;

beforeAll(async () => {
  sandbox = await startSandbox({
    mailboxes: [
      { address: 'alfred@contoso.com', aliases: ['al@contoso.com'], timeZone: 'Europe/Berlin', culture: 'de-DE' },
      { address: 'new@contoso.com', opened: false },
      { address: 'cloud@contoso.com', remote: true },
      { address: 'president@contoso.com' },
    ],
    serviceAccounts: [
      { user: 'svc', password: SECRET, impersonates: ['*@contoso.com', '!president@contoso.com'] },
      { user: 'nobody', password: SECRET, impersonates: [] },
      { user: 'app', token: 'a-bearer-token', impersonates: ['*'] },
    ],
  });
  host = new URL(sandbox.ewsUrl).host;
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.control.setFaults([]));

describe('a diagnosis of an Exchange that works', () => {
  it('finds nothing to mend, from the connection to the scope', async () => {
    const findings = await examine(sandbox.ewsUrl, { denied: 'president@contoso.com' });
    expect(inShort(findings)).toEqual([
      `ok connection_local ${host}`,
      `ok clock_right ${host}`,
      `ok sign_in_offered ${host}`,
      'ok signed_in svc',
      `ok build_supported ${host}`,
      `skipped rooms_unknown ${host}`,
      'ok mailbox_ready alfred@contoso.com',
      'ok scope_holds president@contoso.com',
    ]);
    expect(finding(findings, 'sign_in_offered').message).toBe('offers Basic, Bearer; Basic is used.');
    expect(finding(findings, 'build_supported').message).toBe('is Exchange 2016, build 15.1.2507.39.');
    expect(finding(findings, 'mailbox_ready').message).toBe(
      'may be acted for; its zone is W. Europe Standard Time, its language de-DE.',
    );
  });

  it('asks as the owners of mailboxes alone, and writes nothing', async () => {
    sandbox.control.reset();
    await examine(sandbox.ewsUrl, { denied: 'president@contoso.com' });
    const [knock, ...asked] = sandbox.control.requests();
    expect(knock).toMatchObject({ status: 401, account: undefined });
    const operations = asked.flatMap(({ operation }) => operation ?? []);
    expect(new Set(operations)).toEqual(new Set(['GetFolder', 'ResolveNames', 'GetUserConfiguration', 'FindItem']));
    // Of who is denied, and of an operation that it does not serve, the sandbox logs no mailbox.
    expect(asked.flatMap(({ mailbox, codes: told }) => mailbox ?? told)).toEqual([
      'alfred@contoso.com',
      'ErrorInvalidRequest',
      ...Array.from({ length: 4 }, () => 'alfred@contoso.com'),
      'ErrorImpersonateUserDenied',
    ]);
  });

  it('tells what earlier runs have left', async () => {
    const transport: AppointmentTransport = transportTo(sandbox.ewsUrl);
    const mailbox = parseMailbox('alfred@contoso.com');
    await transport.save({ mailbox, sendMode: 'none', items: [{ key: KEY, content: LESSON }] }, call());
    await transport.close?.();
    const findings = await examine(sandbox.ewsUrl);
    expect(finding(findings, 'earlier_appointments')).toMatchObject({
      level: 'ok',
      subject: 'alfred@contoso.com',
      message: 'has 1 appointments of earlier runs in its calendar, the last on 2027-01-15.',
    });
    sandbox.control.reset();
  });

  it('signs in with a token, too', async () => {
    const credentials = bearer(() => Promise.resolve('a-bearer-token'), 'app');
    const findings = await examine(sandbox.ewsUrl, { credentials, denied: 'president@contoso.com' });
    expect(finding(findings, 'signed_in').subject).toBe('app');
    // What the account is called in the directory, the token alone knows.
    expect(finding(findings, 'scope_too_wide').commands?.[1]).toContain("-RoleAssignee 'SERVICE-ACCOUNT' |");
  });

  it('says what was not tried, where no mailbox is named', async () => {
    const findings = await examine(sandbox.ewsUrl, { mailboxes: [] });
    expect(inShort(findings).at(-1)).toBe('skipped sign_in_untested svc');
    expect(codes(await examine(sandbox.ewsUrl))).toContain('scope_untested');
  });
});

describe('a diagnosis of mailboxes', () => {
  it('says of each what is wrong with it', async () => {
    const mailboxes = ['al@contoso.com', 'new@contoso.com', 'cloud@contoso.com', 'president@contoso.com'];
    const findings = await examine(sandbox.ewsUrl, { mailboxes, denied: 'alfred@contoso.com' });
    expect(inShort(findings).slice(6)).toEqual([
      'warning address_is_alias al@contoso.com',
      'ok mailbox_ready al@contoso.com',
      'warning zone_missing new@contoso.com',
      'ok mailbox_ready new@contoso.com',
      'problem mailbox_missing cloud@contoso.com',
      'problem rights_missing president@contoso.com',
      'problem scope_too_wide alfred@contoso.com',
    ]);
    expect(finding(findings, 'address_is_alias').message).toBe('is another address of alfred@contoso.com.');
    expect(finding(findings, 'zone_missing').commands).toEqual([
      "Set-MailboxRegionalConfiguration -Identity 'new@contoso.com' -TimeZone 'W. Europe Standard Time' -Language de-DE",
    ]);
    expect(finding(findings, 'mailbox_missing').message).toContain('ErrorNonExistentMailbox');
    expect(finding(findings, 'scope_too_wide').commands).toEqual([
      "Get-ManagementRoleAssignment -Role ApplicationImpersonation -WritableRecipient 'alfred@contoso.com' -GetEffectiveUsers",
      "Get-ManagementRoleAssignment -Role ApplicationImpersonation -RoleAssignee 'svc' | Format-List Name, CustomRecipientWriteScope",
      `New-ManagementScope -Name 'Appointed' -RecipientRestrictionFilter "MemberOfGroup -eq 'CN=Players,OU=Groups,DC=contoso,DC=com'"`,
      "Set-ManagementRoleAssignment -Identity 'ASSIGNMENT' -CustomRecipientWriteScope 'Appointed'",
    ]);
  });

  it('says that the role is missing where all are denied, down to the line that assigns it', async () => {
    const credentials = basic({ user: 'nobody', password: SECRET });
    const mailboxes = ['alfred@contoso.com', 'new@contoso.com'];
    const findings = await examine(sandbox.ewsUrl, { credentials, mailboxes });
    expect(inShort(findings).slice(3)).toEqual([
      'ok signed_in nobody',
      `skipped build_unknown ${host}`,
      'problem rights_missing alfred@contoso.com',
      'problem rights_missing new@contoso.com',
      'problem role_missing nobody',
      'skipped scope_untested nobody',
    ]);
    expect(finding(findings, 'role_missing').commands?.at(-1)).toBe(
      "New-ManagementRoleAssignment -Name 'Appointed' -Role ApplicationImpersonation -User 'nobody' -CustomRecipientWriteScope 'Appointed'",
    );
  });

  it('takes no other refusal for a scope that holds', async () => {
    const findings = await examine(sandbox.ewsUrl, { denied: 'cloud@contoso.com' });
    expect(inShort(findings).at(-1)).toBe('warning scope_unclear cloud@contoso.com');
  });

  it.each([
    ['ErrorAccountDisabled', 'problem mailbox_refused alfred@contoso.com'],
    ['ErrorMailboxStoreUnavailable', 'problem service_unavailable alfred@contoso.com'],
  ])('names what the server says: %s', async (code, short) => {
    sandbox.control.setFaults([{ fault: 'error', code, as: 'fault', mailbox: 'alfred@contoso.com' }]);
    const findings = await examine(sandbox.ewsUrl);
    expect(inShort(findings)).toContain(short);
    expect(findings.find(({ level }) => level === 'problem')?.message).toContain(code);
  });

  it('says that a server is busy, and goes on', async () => {
    sandbox.control.setFaults([{ fault: 'busy', mailbox: 'alfred@contoso.com' }]);
    const findings = await examine(sandbox.ewsUrl, { mailboxes: ['alfred@contoso.com', 'new@contoso.com'] });
    expect(inShort(findings)).toEqual(
      expect.arrayContaining(['warning server_busy alfred@contoso.com', 'ok mailbox_ready new@contoso.com']),
    );
  });

  it('says that a mailbox does not tell its zone', async () => {
    sandbox.control.setFaults([{ fault: 'error', code: 'ErrorInvalidOperation', operation: 'GetUserConfiguration' }]);
    const findings = await examine(sandbox.ewsUrl);
    expect(finding(findings, 'zone_missing').message).toContain('does not tell its time zone: ErrorInvalidOperation');
    expect(codes(findings)).toContain('mailbox_ready');
  });

  it('says that what is in doubt could not be looked up', async () => {
    sandbox.control.setFaults([{ fault: 'error', code: 'ErrorInvalidOperation', operation: 'FindItem' }]);
    const findings = await examine(sandbox.ewsUrl);
    expect(inShort(findings)).toContain('problem search_refused alfred@contoso.com');
    expect(codes(findings)).not.toContain('mailbox_ready');
  });
});

describe('a diagnosis of sign-in', () => {
  it('tries a wrong password once, and names no secret', async () => {
    sandbox.control.reset();
    const credentials = basic({ user: 'svc', password: 'wrong horse' });
    const mailboxes = ['alfred@contoso.com', 'new@contoso.com'];
    const findings = await examine(sandbox.ewsUrl, { credentials, mailboxes, denied: 'president@contoso.com' });
    expect(inShort(findings).at(-1)).toBe('problem sign_in_refused svc');
    expect(sandbox.control.requests()).toHaveLength(2);
    expect(JSON.stringify(findings)).not.toContain('wrong horse');
    expect(JSON.stringify(findings)).not.toContain(Buffer.from('svc:wrong horse').toString('base64'));
  });

  it('says that no token could be had', async () => {
    const credentials = bearer(() => Promise.reject(new Error('the tenant is unknown')));
    const findings = await examine(sandbox.ewsUrl, { credentials });
    expect(finding(findings, 'sign_in_refused').message).toContain('the tenant is unknown');
  });

  it('ends when it is aborted, without a finding about that', async () => {
    const limits = { signal: AbortSignal.abort() };
    expect(await examine(sandbox.ewsUrl, { limits })).toEqual([]);
  });
});
