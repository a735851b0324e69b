import type { Outcome } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { NOT_SERVED, refused, responseOf, soapFault, told } from './canned-answers.js';
import { type Asked, asking, type Reply } from './canned-exchange.js';
import { ALFRED, call } from './placing.js';
import { schemaIsAtHand, validate } from './schema.js';

function lookUp(reply: Reply): Promise<Asked<Outcome<string | undefined>>> {
  return asking({ GetUserConfiguration: reply }, (transport) => transport.zone(ALFRED, call()));
}

function entry(key: string, value: string): string {
  return `<t:DictionaryEntry>${part('DictionaryKey', key)}${part('DictionaryValue', value)}</t:DictionaryEntry>`;
}

function part(name: string, text: string): string {
  return `<t:${name}><t:Type>String</t:Type><t:Value>${text}</t:Value></t:${name}>`;
}

function options(...entries: readonly string[]): string {
  const dictionary = `<m:UserConfiguration><t:Dictionary>${entries.join('')}</t:Dictionary></m:UserConfiguration>`;
  return responseOf('GetUserConfiguration', told('GetUserConfiguration', dictionary));
}

describe('the owner’s zone', () => {
  it('is what the owner has chosen in Outlook on the web', async () => {
    const chosen = options(entry('userculture', 'de-DE'), entry('timezone', 'W. Europe Standard Time'));
    const { outcome, requests } = await lookUp(chosen);
    expect(outcome).toEqual({ kind: 'done', value: 'W. Europe Standard Time' });
    const [{ body } = { body: '' }] = requests;
    expect(body).toContain('<t:SmtpAddress>alfred@contoso.com</t:SmtpAddress>');
    expect(body).toContain(
      '<m:UserConfigurationName Name="OWA.UserOptions"><t:DistinguishedFolderId Id="root"/></m:UserConfigurationName>',
    );
    if (schemaIsAtHand) validate(body);
  });

  it.each([
    [
      'nobody has opened it',
      responseOf('GetUserConfiguration', refused('ErrorItemNotFound', {}, 'GetUserConfiguration')),
    ],
    ['it says nothing', options()],
    ['it says nothing of zones', options(entry('userculture', 'de-DE'))],
    ['its zone is empty', options(entry('timezone', ' '))],
    ['there is no dictionary', responseOf('GetUserConfiguration', told('GetUserConfiguration', ''))],
  ])('is none where %s', async (_why, reply) => {
    expect((await lookUp(reply)).outcome).toEqual({ kind: 'done', value: undefined });
  });

  it.each([
    ['ErrorServerBusy', soapFault('ErrorServerBusy'), 'deferred'],
    ['ErrorImpersonateUserDenied', soapFault('ErrorImpersonateUserDenied'), 'rejected'],
    ['ErrorMailboxFailover', soapFault('ErrorMailboxFailover'), 'unknown'],
    ['a fault without a code', NOT_SERVED, 'unknown'],
  ])('is not known where the server says %s', async (_code, reply, kind) => {
    expect((await lookUp(reply)).outcome).toMatchObject({ kind });
  });
});
