import { KEY_PROPERTY, parseMailbox, placementKey, placementUid } from '@appointed/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('the key of a placement', () => {
  // Computed by `printf 'appointed/1\0run\0default\0smtp:alfred@contoso.com' | sha256sum`, and so on. These never change:
  // saved items carry them.
  it.each([
    ['run', 'default', 'alfred@contoso.com', '32d570271f98851d5ee48e6472a70f14'],
    ['run', 'default', { smtp: 'Alfred@CONTOSO.com' }, '32d570271f98851d5ee48e6472a70f14'],
    ['spring-2027', 'lesson', { upn: 'Alisa@Contoso.com' }, 'c6b7c110b99eda59c81a5919e15256ff'],
    ['run', 'default', { sid: 's-1-5-21-1004336348-1177238915-682003330-512' }, 'a2c0a8407ffcf02028a3359307290c0b'],
    ['Kurs ü', 'default', 'Jürgen@bücher.example', 'ccdf8c85c7cf765c3cf1ff246ebc53e6'],
    ['run', 'Default', 'alfred@contoso.com', '97a2e5b56acadccaac42d827f7c146c7'],
  ])('of run %s, slot %s and mailbox %j is %s', (runId, slot, mailbox, key) => {
    expect(placementKey(runId, slot, parseMailbox(mailbox))).toBe(key);
  });

  it('differs by the kind of the mailbox', () => {
    const [smtp, upn] = [{ smtp: 'a@contoso.com' }, { upn: 'a@contoso.com' }].map((input) => parseMailbox(input));
    expect(placementKey('run', 'default', smtp!)).not.toBe(placementKey('run', 'default', upn!));
  });

  it('does not depend on the attributes of the mailbox', () => {
    const [plain, named] = [{}, { name: 'Alfred' }].map((attributes) =>
      parseMailbox({ smtp: 'a@contoso.com', attributes }),
    );
    expect(placementKey('run', 'default', plain!)).toBe(placementKey('run', 'default', named!));
  });

  it('is 32 hexadecimal digits, the same for an address in any case', () => {
    const local = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,20}$/);
    fc.assert(
      fc.property(fc.string(), local, (runId, name) => {
        const key = placementKey(runId, 'default', parseMailbox(`${name}@contoso.com`));
        expect(key).toMatch(/^[0-9a-f]{32}$/);
        expect(placementKey(runId, 'default', parseMailbox(`${name.toUpperCase()}@CONTOSO.com`))).toBe(key);
      }),
    );
  });

  it('gives the UID of the item', () => {
    expect(placementUid('0123456789abcdef0123456789abcdef')).toBe('0123456789abcdef0123456789abcdef@appointed');
  });

  it('is carried by one property, which never changes', () => {
    expect(KEY_PROPERTY).toEqual({ propertySetId: '5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4', name: 'AppointedKey' });
    expect(Object.isFrozen(KEY_PROPERTY)).toBe(true);
  });
});
