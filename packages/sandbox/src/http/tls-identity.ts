import { createSecureContext } from 'node:tls';

/** A certificate and its key, both as PEM. */
export interface TlsIdentity {
  /** The certificate; those of authorities in between follow it. */
  readonly cert: string;
  readonly key: string;
}

/** @throws TypeError for what no server can show */
export function checkedTls({ cert, key }: TlsIdentity): TlsIdentity {
  try {
    createSecureContext({ cert, key });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`tls: give cert and key as PEM, of each other (${why})`, { cause });
  }
  return { cert, key };
}
