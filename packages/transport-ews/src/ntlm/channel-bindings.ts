import { createHash } from 'node:crypto';

/** The hash that a certificate is signed with, by the object identifiers of signatures and hashes (RFC 4055, 5758, 8017). */
const HASHES: Readonly<Record<string, string>> = {
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a864886f70d01010e': 'sha224',
  '2a8648ce3d040301': 'sha224',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
  // RSASSA-PSS names its hash in its parameters.
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
  '608648016503040204': 'sha224',
};

/**
 * MD5 of the bindings of a TLS channel, as the end of the server's certificate (`tls-server-end-point`, RFC 5929, 4): in
 * the structure of RFC 2744, 3.11, without addresses.
 * @param certificate the server's, in DER
 */
export function channelBindings(certificate: Buffer): Buffer {
  const hash = createHash(hashOf(certificate)).update(certificate).digest();
  const data = Buffer.concat([Buffer.from('tls-server-end-point:', 'latin1'), hash]);
  const head = Buffer.alloc(20);
  head.writeUInt32LE(data.length, 16);
  return createHash('md5').update(head).update(data).digest();
}

/** SHA-256 for what is signed with less, or with a hash that is not named apart. */
function hashOf(certificate: Buffer): string {
  const { start } = valueAt(certificate, 0);
  const signed = valueAt(certificate, start);
  const algorithm = valueAt(certificate, signed.end);
  const inHex = certificate.toString('hex', algorithm.start, algorithm.end);
  return Object.entries(HASHES).find(([id]) => inHex.includes(id))?.[1] ?? 'sha256';
}

/** Where a value of DER is. */
function valueAt(der: Buffer, at: number): { readonly start: number; readonly end: number } {
  const short = der.readUInt8(at + 1);
  const bytes = short < 0x80 ? 0 : short & 0x7f;
  const start = at + 2 + bytes;
  return { start, end: start + (bytes === 0 ? short : der.readUIntBE(at + 2, bytes)) };
}
