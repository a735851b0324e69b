import { AppointedError } from '@appointed/core';
import type { EwsCredentials } from './credentials.js';
import { refuseCredentials } from './refuse-credentials.js';
import { RequestCredentials } from './request-credentials.js';

/** Who signs in by Kerberos. */
export interface KerberosOptions {
  /**
   * `svc@CONTOSO.COM`, where there are tickets of several. By default whose ticket there is: of `kinit`, or of the keytab
   * that KRB5_CLIENT_KTNAME names; on Windows, of the account that the process runs as.
   */
  readonly principal?: string;
}

/**
 * Windows authentication by Kerberos (Negotiate, RFC 4559), for the service principal `HTTP/host` of the address. Each
 * request is signed in with a token of its own. Needs the package `kerberos`, an optional peer, which is loaded for the
 * first request; it cannot bind sign-in to the server's certificate.
 * @throws AppointedError `invalid_options`
 */
export function kerberos({ principal }: KerberosOptions = {}): EwsCredentials {
  if (principal !== undefined && !/^[^@\s]+@[^@\s]+$/.test(principal))
    throw refuseCredentials('principal', 'is none, such as svc@CONTOSO.COM');
  return new KerberosCredentials(principal);
}

class KerberosCredentials extends RequestCredentials {
  readonly scheme = 'Negotiate';
  readonly account: string;
  readonly #principal: string | undefined;

  constructor(principal: string | undefined) {
    super();
    this.account = principal ?? 'kerberos';
    this.#principal = principal;
  }

  /** What the server answers to the token is not looked at: by its certificate it is known already. */
  async authorize({ hostname }: URL, refused?: string): Promise<string | undefined> {
    if (refused !== undefined) return undefined;
    const library = await loadLibrary();
    // GSSAPI's notation, and that of Windows.
    const service = `HTTP${process.platform === 'win32' ? '/' : '@'}${hostname}`;
    const client = await library.initializeClient(service, {
      mechOID: library.GSS_MECH_OID_SPNEGO,
      ...(this.#principal === undefined ? {} : { principal: this.#principal }),
    });
    return `Negotiate ${await client.step('')}`;
  }
}

type KerberosLibrary = typeof import('kerberos');

let loading: Promise<KerberosLibrary> | undefined;

function loadLibrary(): Promise<KerberosLibrary> {
  loading ??= load();
  return loading;
}

async function load(): Promise<KerberosLibrary> {
  try {
    const { default: library } = await import('kerberos');
    return library;
  } catch (cause) {
    loading = undefined;
    const hint = 'Install it beside @appointed/transport-ews: npm install kerberos@7';
    throw new AppointedError('unsupported', 'Kerberos needs the package kerberos, which cannot be loaded', {
      hint,
      cause,
    });
  }
}
