import { createHash, createHmac } from 'node:crypto';
import { md4 } from './md4.js';
import { Rc4 } from './rc4.js';

export function hmacMd5(key: Buffer, ...parts: readonly Buffer[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

export function md5(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** NTOWFv2 (MS-NLMP 3.3.2): what the password and the names, as the client wrote them, make together. */
export function responseKey(password: string, user: string, domain: string): Buffer {
  return hmacMd5(md4(Buffer.from(password, 'utf16le')), Buffer.from(upperCase(user) + domain, 'utf16le'));
}

/** NTProofStr: what a client that knows the password answers to a challenge, with these words of its own. */
export function proof(key: Buffer, serverChallenge: Buffer, clientBlob: Buffer): Buffer {
  return hmacMd5(key, serverChallenge, clientBlob);
}

/** ExportedSessionKey (MS-NLMP 3.2.5.1.2): the client's own where it sends one, else what the proof makes. */
export function sessionKey(key: Buffer, proven: Buffer, encrypted: Buffer): Buffer {
  const base = hmacMd5(key, proven);
  return encrypted.length === 16 ? new Rc4(base).apply(encrypted) : base;
}

/** As Windows does it: character by character, so that none becomes two. */
function upperCase(text: string): string {
  return Array.from(text, (character) => {
    const upper = character.toUpperCase();
    return upper.length === character.length ? upper : character;
  }).join('');
}
