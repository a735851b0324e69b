import { type Access, type MailboxInput, type Outcome, parseMailbox } from '@appointed/core';
import { startSandbox } from '@appointed/sandbox';
import { describe, expect, it } from 'vitest';
import { NOT_SERVED, refused, responseOf, soapFault, told } from './canned-answers.js';
import { type Asked, asking, type Replies } from './canned-exchange.js';
import { call, SECRET, transportTo } from './placing.js';
import { schemaIsAtHand, validate } from './schema.js';

const CALENDAR = responseOf('GetFolder', told('GetFolder', '<m:Folders><t:CalendarFolder/></m:Folders>'));
const NO_MAILBOX = soapFault('ErrorNonExistentMailbox');

function check(mailbox: MailboxInput, replies: Replies): Promise<Asked<Outcome<Access>>> {
  return asking(replies, (transport) => transport.check(parseMailbox(mailbox), call()));
}

function entry(address: string, kind: string, routing = 'SMTP'): string {
  return (
    `<t:Resolution><t:Mailbox><t:Name>Somebody</t:Name><t:EmailAddress>${address}</t:EmailAddress>` +
    `<t:RoutingType>${routing}</t:RoutingType><t:MailboxType>${kind}</t:MailboxType></t:Mailbox></t:Resolution>`
  );
}

function names(...entries: readonly string[]): string {
  const set = `<m:ResolutionSet TotalItemsInView="9" IncludesLastItemInRange="true">${entries.join('')}</m:ResolutionSet>`;
  if (entries.length === 1) return responseOf('ResolveNames', told('ResolveNames', set));
  const several = refused('ErrorNameResolutionMultipleResults', {}, 'ResolveNames').replace('<m:Items/>', set);
  return responseOf('ResolveNames', several.replace('"Error"', '"Warning"'));
}

function known(...entries: readonly string[]): Replies {
  return { GetFolder: CALENDAR, ResolveNames: names(...entries) };
}

describe('a check of a mailbox', () => {
  it('looks at its calendar as its owner, and asks the directory for all addresses', async () => {
    const asked = await check("o'hara&sons@contoso.com", known(entry('ohara@contoso.com', 'Mailbox')));
    expect(asked.outcome).toEqual({ kind: 'done', value: { primaryAddress: 'ohara@contoso.com', kind: 'mailbox' } });
    expect(asked.operations).toEqual(['GetFolder', 'ResolveNames']);
    for (const { body, headers } of asked.requests) {
      expect(body).toContain("<t:SmtpAddress>o'hara&amp;sons@contoso.com</t:SmtpAddress>");
      expect(headers['x-anchormailbox']).toBe("o'hara&sons@contoso.com");
      if (schemaIsAtHand) validate(body);
    }
    expect(asked.requests[1]?.body).toContain(
      "<m:UnresolvedEntry>smtp:o'hara&amp;sons@contoso.com</m:UnresolvedEntry>",
    );
  });

  it('asks the directory for a principal name, and not for a SID', async () => {
    const upn = await check({ upn: 'al@corp.contoso.com' }, known(entry('alfred@contoso.com', 'Mailbox')));
    expect(upn.outcome).toMatchObject({ value: { primaryAddress: 'alfred@contoso.com' } });
    const sid = await check({ sid: 'S-1-5-21-1-2-3-1001' }, known());
    expect(sid).toMatchObject({ outcome: { kind: 'done', value: {} }, operations: ['GetFolder'] });
  });

  it.each([
    ['Mailbox', 'mailbox'],
    ['PublicDL', 'group'],
    ['PrivateDL', 'group'],
    ['GroupMailbox', 'group'],
    ['Contact', 'contact'],
    ['PublicFolder', 'publicFolder'],
    ['OneOff', undefined],
  ])('tells of the MailboxType %s that it is %s', async (type, kind) => {
    const { outcome } = await check('al@contoso.com', known(entry('al@contoso.com', type)));
    const value = { primaryAddress: 'al@contoso.com', ...(kind === undefined ? {} : { kind }) };
    expect(outcome).toEqual({ kind: 'done', value });
  });

  it('takes of several entries the one that has the address', async () => {
    const both = [entry('al@contoso.com.au', 'PublicDL'), entry('Al@Contoso.com', 'Mailbox')];
    const { outcome } = await check('al@contoso.com', known(...both));
    expect(outcome).toEqual({ kind: 'done', value: { primaryAddress: 'Al@Contoso.com', kind: 'mailbox' } });
    const neither = await check('al@contoso.org', known(...both));
    expect(neither.outcome).toEqual({ kind: 'done', value: {} });
  });

  it('takes no distinguished name for an address', async () => {
    const { outcome } = await check('al@contoso.com', known(entry('/o=Contoso/cn=al', 'Mailbox', 'EX')));
    expect(outcome).toEqual({ kind: 'done', value: { kind: 'mailbox' } });
  });

  it.each([
    ['ErrorNameResolutionNoResults', refused('ErrorNameResolutionNoResults', {}, 'ResolveNames')],
    ['ErrorAccessDenied', refused('ErrorAccessDenied', {}, 'ResolveNames')],
  ])('may be acted for although the directory says %s', async (_code, message) => {
    const replies = { GetFolder: CALENDAR, ResolveNames: responseOf('ResolveNames', message) };
    expect((await check('al@contoso.com', replies)).outcome).toEqual({ kind: 'done', value: {} });
  });

  it.each([
    ['ErrorServerBusy', 'deferred'],
    ['ErrorADUnavailable', 'unknown'],
  ])('is to be asked again when the directory cannot answer now: %s', async (code, kind) => {
    const replies = { GetFolder: CALENDAR, ResolveNames: soapFault(code) };
    expect((await check('al@contoso.com', replies)).outcome).toMatchObject({ kind });
  });
});

describe('a check of what is no mailbox', () => {
  it.each([
    ['PublicDL', 'group'],
    ['Contact', 'contact'],
    ['PublicFolder', 'publicFolder'],
  ])('says what it is, where the directory knows it as %s', async (type, kind) => {
    const replies = { GetFolder: NO_MAILBOX, ResolveNames: names(entry('staff@contoso.com', type)) };
    const asked = await check('staff@contoso.com', replies);
    expect(asked.outcome).toEqual({ kind: 'done', value: { primaryAddress: 'staff@contoso.com', kind } });
    const [, question] = asked.requests;
    // Nobody can act for it: the service account asks, and is the only one who can.
    expect(question?.body).not.toContain('ExchangeImpersonation');
    expect(question?.headers['x-anchormailbox']).toBeUndefined();
    if (schemaIsAtHand) validate(question?.body ?? '');
  });

  it.each([
    ['knows nobody', refused('ErrorNameResolutionNoResults', {}, 'ResolveNames')],
    [
      'knows a mailbox, which is denied',
      told('ResolveNames', '').replace('</m:ResponseCode>', `$&${entry('', 'Mailbox')}`),
    ],
  ])('is the failure of its calendar, where the directory %s', async (_what, message) => {
    const replies = { GetFolder: NO_MAILBOX, ResolveNames: responseOf('ResolveNames', message) };
    const { outcome } = await check('gone@contoso.com', replies);
    expect(outcome).toMatchObject({
      kind: 'rejected',
      scope: 'mailbox',
      error: { server: { code: 'ErrorNonExistentMailbox' } },
    });
  });

  it.each([
    ['the server is busy', soapFault('ErrorServerBusy'), 'deferred'],
    ['impersonation is not configured', soapFault('ErrorImpersonationDenied'), 'rejected'],
    ['the server speaks in riddles', NOT_SERVED, 'unknown'],
  ])('asks nobody when %s', async (_what, GetFolder, kind) => {
    const asked = await check('staff@contoso.com', {
      GetFolder,
      ResolveNames: names(entry('staff@contoso.com', 'PublicDL')),
    });
    expect(asked).toMatchObject({ outcome: { kind }, operations: ['GetFolder'] });
  });
});

it('several names of one person are known to be one, by the primary address', async () => {
  await using exchange = await startSandbox({
    mailboxes: [
      { address: 'alfred@contoso.com', aliases: ['al@contoso.com'], principalName: 'alfred@corp.contoso.com' },
    ],
    serviceAccounts: [{ user: 'svc', password: SECRET, impersonates: ['*@contoso.com'] }],
  });
  const transport = transportTo(exchange.ewsUrl);
  for (const name of ['alfred@contoso.com', 'al@contoso.com', { upn: 'alfred@corp.contoso.com' }]) {
    const outcome = await transport.check(parseMailbox(name), call());
    expect(outcome).toEqual({ kind: 'done', value: { primaryAddress: 'alfred@contoso.com', kind: 'mailbox' } });
  }
  await transport.close();
});
