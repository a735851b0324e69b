import { expect, it } from 'vitest';
import { authenticateMessage } from '../src/ntlm/authenticate-message.js';
import { readChallenge } from '../src/ntlm/challenge-message.js';
import { md4 } from '../src/ntlm/md4.js';
import { negotiateMessage } from '../src/ntlm/negotiate-message.js';
import { rc4 } from '../src/ntlm/rc4.js';
import { responseKey } from '../src/ntlm/response-key.js';

/** MS-NLMP 4.2.4.3: the server's message, and the answer of User of Domain at COMPUTER. */
const CHALLENGE = `
  4e 54 4c 4d 53 53 50 00 02 00 00 00 0c 00 0c 00 38 00 00 00 33 82 8a e2 01 23 45 67 89 ab cd ef
  00 00 00 00 00 00 00 00 24 00 24 00 44 00 00 00 06 00 70 17 00 00 00 0f 53 00 65 00 72 00 76 00
  65 00 72 00 02 00 0c 00 44 00 6f 00 6d 00 61 00 69 00 6e 00 01 00 0c 00 53 00 65 00 72 00 76 00
  65 00 72 00 00 00 00 00`;
const AUTHENTICATE = `
  4e 54 4c 4d 53 53 50 00 03 00 00 00 18 00 18 00 6c 00 00 00 54 00 54 00 84 00 00 00 0c 00 0c 00
  48 00 00 00 08 00 08 00 54 00 00 00 10 00 10 00 5c 00 00 00 10 00 10 00 d8 00 00 00 35 82 88 e2
  05 01 28 0a 00 00 00 0f 44 00 6f 00 6d 00 61 00 69 00 6e 00 55 00 73 00 65 00 72 00 43 00 4f 00
  4d 00 50 00 55 00 54 00 45 00 52 00 86 c3 50 97 ac 9c ec 10 25 54 76 4a 57 cc cc 19 aa aa aa aa
  aa aa aa aa 68 cd 0a b8 51 e5 1c 96 aa bc 92 7b eb ef 6a 1c 01 01 00 00 00 00 00 00 00 00 00 00
  00 00 00 00 aa aa aa aa aa aa aa aa 00 00 00 00 02 00 0c 00 44 00 6f 00 6d 00 61 00 69 00 6e 00
  01 00 0c 00 53 00 65 00 72 00 76 00 65 00 72 00 00 00 00 00 00 00 00 00 c5 da d2 54 4f c9 79 90
  94 ce 1c e9 0b c9 d0 3e`;

function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
}

it.each([
  ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
  ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
  ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
  ['message digest', 'd9130a8164549fe818874806e1c7014b'],
  ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
  ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
])('MD4 of %j is as in RFC 1320', (text, digest) => {
  expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
});

it.each([
  ['0102030405', 'b2396305f03dc027ccc3524a0a1118a8'],
  ['0102030405060708090a0b0c0d0e0f10', '9ac7cc9a609d1ef7b2932899cde41b97'],
])('RC4 with the key %s is as in RFC 6229', (key, stream) => {
  expect(rc4(hex(key), Buffer.alloc(16)).toString('hex')).toBe(stream);
});

it('the response key is as in MS-NLMP 4.2.4.1.1', () => {
  expect(responseKey('User', 'Domain', 'Password').toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
});

it('the answer to a challenge is as in MS-NLMP 4.2.4.3, but for the sealing, which HTTP has no use for', () => {
  const identity = {
    user: 'User',
    domain: 'Domain',
    workstation: 'COMPUTER',
    responseKey: responseKey('User', 'Domain', 'Password'),
  };
  const nonces = { clientChallenge: Buffer.alloc(8, 0xaa), sessionKey: Buffer.alloc(16, 0x55), time: 0n };
  const answer = authenticateMessage(negotiateMessage(), readChallenge(hex(CHALLENGE)), identity, {}, nonces);
  const expected = hex(AUTHENTICATE);
  expected.writeUInt32LE((expected.readUInt32LE(60) & ~0x20) >>> 0, 60);
  // The number of a Windows build.
  expected.fill(0, 64, 71);
  expect(answer.toString('hex')).toBe(expected.toString('hex'));
});

/** A challenge whose target information begins with another pair. */
function describedAs(head: string): Buffer {
  const challenge = hex(CHALLENGE);
  hex(`${head} 00 00 00 00 00 00`).copy(challenge, 0x44);
  return challenge;
}

it.each([
  ['what is none', 'no NTLM challenge', Buffer.from('Not a challenge')],
  ['target information that breaks off', 'breaks off', hex(CHALLENGE).subarray(0, 90)],
  ['flags of two bytes', 'a value that is cut', describedAs('06 00 02 00')],
  ['a time of two bytes', 'a value that is cut', describedAs('07 00 02 00')],
])('refuses %s in place of a challenge', (_what, words, bytes) => {
  expect(() => readChallenge(bytes)).toThrow(words);
});
