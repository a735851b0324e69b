import type { EwsCredentials } from './credentials/credentials.js';

/** Where Exchange is, and how the service account signs in there. */
export interface EwsOptions {
  /**
   * The address of the service: `https://mail.contoso.com/EWS/Exchange.asmx`; `autodiscover` finds it. It is reached through
   * the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for it.
   */
  readonly url: string;
  /** Made by `ntlm`, `kerberos`, `basic` or `bearer`. */
  readonly credentials: EwsCredentials;
  /** Certificates of the authorities to trust, in PEM; by default Node's own (and NODE_EXTRA_CA_CERTS). */
  readonly ca?: string;
  /** Allows plain HTTP to a host that is not this machine: whoever listens on the way reads the credentials. */
  readonly insecurePlainHttp?: boolean;
}
