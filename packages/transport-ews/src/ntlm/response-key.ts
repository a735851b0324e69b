import { createHmac } from 'node:crypto';
import { md4 } from './md4.js';

/** Made from a password, and as good as one: NTOWFv2 (MS-NLMP 3.3.2). */
export function responseKey(user: string, domain: string, password: string): Buffer {
  return hmacMd5(md4(Buffer.from(password, 'utf16le')), Buffer.from(upperCase(user) + domain, 'utf16le'));
}

export function hmacMd5(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** As Windows does it, character by character: ß stays ß. */
function upperCase(text: string): string {
  return text.replaceAll(/./gsu, (character) => {
    const upper = character.toUpperCase();
    return upper.length === character.length ? upper : character;
  });
}
