import { X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import type { TlsIdentity } from '../src/index.js';

export interface Certificate extends TlsIdentity {
  /** What a client must trust. */
  readonly ca: string;
  /** As a client is shown it, in DER. */
  readonly raw: Buffer;
}

/** A certificate for loopback, of an authority of its own. */
export async function certificate({
  hash = 'sha256',
  names = ['localhost'],
  keyType = 'ec' as 'ec' | 'rsa',
} = {}): Promise<Certificate> {
  const authority = await generate([{ name: 'commonName', value: 'Contoso Root' }], {
    keyType,
    algorithm: 'sha256',
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  const made = await generate([{ name: 'commonName', value: names[0] ?? '' }], {
    keyType,
    algorithm: hash,
    ca: { cert: authority.cert, key: authority.private },
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [...names.map((value) => ({ type: 2 as const, value })), { type: 7, ip: '127.0.0.1' }],
      },
    ],
  });
  return { cert: made.cert, key: made.private, ca: authority.cert, raw: new X509Certificate(made.cert).raw };
}
