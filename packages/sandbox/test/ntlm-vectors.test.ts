import { describe, expect, test } from 'vitest';
import { responseKey, sessionKey, proof } from '../src/sign-in/ntlm/keys.js';
import { md4 } from '../src/sign-in/ntlm/md4.js';
import { readAuthenticate } from '../src/sign-in/ntlm/messages.js';
import { Rc4 } from '../src/sign-in/ntlm/rc4.js';
import { firstSignature } from '../src/sign-in/ntlm/signature.js';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

describe('MD4', () => {
  test.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ])('of "%s" is that of RFC 1320', (text, digest) => {
    expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
  });
});

describe('RC4', () => {
  test.each([
    ['Key', 'Plaintext', 'bbf316e8d940af0ad3'],
    ['Wiki', 'pedia', '1021bf0420'],
    ['Secret', 'Attack at dawn', '45a01f645fc35b383552544b9bf5'],
  ])('by "%s" is as published', (key, text, encrypted) => {
    expect(new Rc4(Buffer.from(key)).apply(Buffer.from(text)).toString('hex')).toBe(encrypted);
  });
});

// MS-NLMP 4.2.4: User of Domain signs in to Server with the password Password.
describe('the example of NTLMv2', () => {
  const key = responseKey('Password', 'User', 'Domain');
  const message = hex(`
    4e544c4d53535000 03000000 180018006c000000 5400540084000000 0c000c0048000000 0800080054000000 100010005c000000
    10001000d8000000 358288e2 0501280a0000000f 44006f006d00610069006e00 5500730065007200 43004f004d0050005500540045005200
    86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa 68cd0ab851e51c96aabc927bebef6a1c 0101000000000000 0000000000000000
    aaaaaaaaaaaaaaaa 00000000 02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000 00000000
    c5dad2544fc9799094ce1ce90bc9d03e`);
  const authenticate = readAuthenticate(message);
  const proven = authenticate.ntResponse.subarray(0, 16);

  test('has this key of password and names, in which only the user is in capitals', () => {
    expect(key.toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
    expect(responseKey('Password', 'uSER', 'Domain')).toEqual(key);
    expect(responseKey('Password', 'User', 'DOMAIN')).not.toEqual(key);
  });

  test('is read from its message, which has no room for a MIC', () => {
    expect(authenticate).toMatchObject({ user: 'User', domain: 'Domain', flags: 0xe2888235, mic: undefined });
  });

  test('proves that the client knows the password', () => {
    const made = proof(key, hex('0123456789abcdef'), authenticate.ntResponse.subarray(16));
    expect(made.toString('hex')).toBe('68cd0ab851e51c96aabc927bebef6a1c');
    expect(made).toEqual(proven);
  });

  test('brings a session key, and has another where it brings none', () => {
    expect(sessionKey(key, proven, authenticate.encryptedSessionKey)).toEqual(Buffer.alloc(16, 0x55));
    expect(sessionKey(key, proven, Buffer.alloc(0)).toString('hex')).toBe('8de40ccadbc14a82f15cb0ad0de95ca3');
  });

  test('signs its first message', () => {
    const identity = { flags: authenticate.flags, sessionKey: Buffer.alloc(16, 0x55) };
    const signature = firstSignature(identity, 'client-to-server', Buffer.from('Plaintext', 'utf16le'));
    // The example seals the message first: the check sum is what RC4 makes of it 18 bytes later in the stream.
    const stream = new Rc4(hex('59f600973cc4960a25480a7c196e4c58'));
    expect(stream.apply(Buffer.from('Plaintext', 'utf16le')).toString('hex')).toBe(
      '54e50165bf1936dc996020c1811b0f06fb5f',
    );
    expect(stream.apply(unsealed(signature)).toString('hex')).toBe('7fb38ec5c55d4976');
  });
});

/** The check sum in a signature, in the clear. */
function unsealed(signature: Buffer | undefined): Buffer {
  return new Rc4(hex('59f600973cc4960a25480a7c196e4c58')).apply(signature?.subarray(4, 12) ?? Buffer.alloc(0));
}
