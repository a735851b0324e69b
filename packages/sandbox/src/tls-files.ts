import { readFileSync } from 'node:fs';
import type { TlsIdentity } from './http/tls-identity.js';

/** Reads a certificate and its key. @throws TypeError that names the flag and the file */
export function readTlsFiles(cert: string | undefined, key: string | undefined): TlsIdentity {
  return { cert: read('--tls-cert', cert), key: read('--tls-key', key) };
}

function read(flag: string, file: string | undefined): string {
  if (file === undefined) throw new TypeError(`${flag}: a certificate and its key go together; give both`);
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new TypeError(`${file}: cannot be read; give ${flag} the path of a PEM file`, { cause });
  }
}
