import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/index.js';
import { contoso } from './contoso.js';
import { EwsClient, basic } from './ews-client.js';
import { schemasSkipped } from './schemas.js';

let sandbox: Sandbox;
let client: EwsClient;

beforeAll(async () => {
  const mailboxes = [
    ...contoso.mailboxes,
    { address: 'sid@contoso.com', sid: 'S-1-5-21-1-2-3-1001' },
    { address: 'a.student@students.contoso.com' },
  ];
  const serviceAccounts = [
    ...contoso.serviceAccounts,
    { user: 'students', password: 'p:w', impersonates: ['*@students.*', '!*boss*'] },
  ];
  sandbox = await startSandbox({ ...contoso, mailboxes, serviceAccounts });
  client = new EwsClient(sandbox.ewsUrl);
});

afterAll(() => sandbox.close());

const GET_FOLDER =
  '<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="calendar"/></m:FolderIds></m:GetFolder>';

const codes = async (user: string, password: string, as: string) =>
  (await client.call(GET_FOLDER, { as, authorization: basic(user, password) })).codes;

describe('one mailbox is impersonated by any of its names', () => {
  test.each([
    '<t:SmtpAddress>berta@contoso.com</t:SmtpAddress>',
    '<t:SmtpAddress>BERTA@CONTOSO.COM</t:SmtpAddress>',
    '<t:PrimarySmtpAddress>berta@Contoso.com</t:PrimarySmtpAddress>',
    '<t:PrincipalName>berta@corp.contoso.com</t:PrincipalName>',
    '<t:PrincipalName>BERTA@corp.contoso.com</t:PrincipalName>',
  ])('%s', async (as) => {
    const own = await client.call(GET_FOLDER, { as: 'berta@contoso.com' });
    expect((await client.call(GET_FOLDER, { as })).attributes('FolderId', 'Id')).toEqual(
      own.attributes('FolderId', 'Id'),
    );
  });

  test('an alias, as SmtpAddress', async () => {
    const own = await client.call(GET_FOLDER);
    expect((await client.call(GET_FOLDER, { as: 'AL@contoso.com' })).attributes('FolderId', 'Id')).toEqual(
      own.attributes('FolderId', 'Id'),
    );
  });

  test('a SID, in any case', async () => {
    const own = await client.call(GET_FOLDER, { as: 'sid@contoso.com' });
    for (const sid of ['S-1-5-21-1-2-3-1001', 's-1-5-21-1-2-3-1001']) {
      const reply = await client.call(GET_FOLDER, { as: `<t:SID>${sid}</t:SID>` });
      expect(reply.attributes('FolderId', 'Id')).toEqual(own.attributes('FolderId', 'Id'));
    }
  });
});

describe('who cannot be impersonated', () => {
  test.each<[code: string, as: string]>([
    ['ErrorNonExistentMailbox', 'nobody@contoso.com'],
    ['ErrorNonExistentMailbox', 'cloud@contoso.com'],
    ['ErrorNonExistentMailbox', '<t:PrincipalName>nobody@contoso.com</t:PrincipalName>'],
    ['ErrorNonExistentMailbox', '<t:SID>S-1-5-21-9-9-9-9</t:SID>'],
    ['ErrorImpersonateUserDenied', 'denied@contoso.com'],
    ['ErrorImpersonateUserDenied', 'zoe@fabrikam.com'],
    ['ErrorNonPrimarySmtpAddress', '<t:PrimarySmtpAddress>al@contoso.com</t:PrimarySmtpAddress>'],
    ['ErrorInvalidSmtpAddress', 'no address'],
    ['ErrorInvalidUserPrincipalName', '<t:PrincipalName>nobody</t:PrincipalName>'],
    ['ErrorInvalidUserSid', '<t:SID>1-2-3</t:SID>'],
  ])('%s for %s', async (code, as) => {
    const reply = await client.call(GET_FOLDER, { as });
    expect([reply.status, reply.codes, reply.texts('faultcode')]).toEqual([500, [code], [`a:${code}`]]);
  });

  test('the answer for an alias names the primary address', async () => {
    const reply = await client.call(GET_FOLDER, { as: '<t:PrimarySmtpAddress>al@contoso.com</t:PrimarySmtpAddress>' });
    expect(reply.xml).toContain('<t:Value Name="Primary">alfred@contoso.com</t:Value>');
  });

  test('an account without rights impersonates nobody; a scope lets in whom it names', async () => {
    expect(await codes('zoe@fabrikam.com', 'zoes', 'alfred@contoso.com')).toEqual(['ErrorImpersonateUserDenied']);
    expect(await codes('students', 'p:w', 'a.student@students.contoso.com')).toEqual(['NoError']);
    expect(await codes('students', 'p:w', 'alfred@contoso.com')).toEqual(['ErrorImpersonateUserDenied']);
  });
});

describe('credentials', () => {
  test.each<[name: string, authorization: string, status: number]>([
    ['Basic', basic('svc', 'secret'), 200],
    ['Basic with the name in another case', basic('SVC', 'secret'), 200],
    ['Bearer', 'Bearer a.bearer.token', 200],
    ['a scheme in another case', 'bearer a.bearer.token', 200],
    ['a wrong password', basic('svc', 'Secret'), 401],
    ['an empty password', basic('svc', ''), 401],
    ['an unknown account', basic('who', 'secret'), 401],
    ['a wrong token', 'Bearer a.bearer.tokem', 401],
    ['another scheme', 'Negotiate abc', 401],
    ['rubbish', 'Basic', 401],
    ['Basic that is no Base64', 'Basic %%%', 401],
  ])('%s', async (_, authorization, status) => {
    const reply = await client.call(GET_FOLDER, { authorization });
    const challenge = reply.headers.get('www-authenticate') ?? '';
    expect([reply.status, challenge.includes('Basic realm=')]).toEqual([status, status === 401]);
  });

  test('none', async () => {
    const response = await fetch(sandbox.ewsUrl, { method: 'POST', body: '<x/>' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/Basic realm="[^"]*".*Bearer/);
  });
});

describe('a directory that contradicts itself is refused with a reason', () => {
  test.each<[message: RegExp, options: object]>([
    [/"alfred" is not an SMTP address/, { mailboxes: [{ address: 'alfred' }] }],
    [/alias "x" of a@b.c is not an SMTP address/, { mailboxes: [{ address: 'a@b.c', aliases: ['x'] }] }],
    [
      /A@B.C belongs to both a@b.c and d@e.f; give it to one/i,
      { mailboxes: [{ address: 'a@b.c' }, { address: 'd@e.f', aliases: ['A@B.C'] }] },
    ],
    [
      /time zone "Mars" of a@b.c is unknown; write an IANA or Windows name/,
      { mailboxes: [{ address: 'a@b.c', timeZone: 'Mars' }] },
    ],
    [/sid "7" of a@b.c is not a SID/, { mailboxes: [{ address: 'a@b.c', sid: '7' }] }],
    [/svc needs a password, a token, or both/, { serviceAccounts: [{ user: 'svc' }] }],
    [/has a colon/, { serviceAccounts: [{ user: 'a:b', password: 'x' }] }],
  ])('%s', async (message, options) => {
    await expect(startSandbox(options)).rejects.toThrow(message);
  });
});

test.skipIf(schemasSkipped !== '')(`accepted requests and all responses keep the schemas${schemasSkipped}`, () => {
  expect(client.schemaViolations()).toBe('');
});
