import type { EwsCredentials } from './credentials.js';
import { RequestCredentials } from './request-credentials.js';

/** Gives an OAuth access token for the server. Asked for the first request, and again when a token was refused. */
export type TokenProvider = () => Promise<string>;

/**
 * OAuth 2 bearer tokens.
 * @param account a name for the identity, to tell it from others; not a secret
 */
export function bearer(getToken: TokenProvider, account = 'bearer'): EwsCredentials {
  return new BearerCredentials(getToken, account);
}

class BearerCredentials extends RequestCredentials {
  readonly scheme = 'Bearer';
  readonly account: string;
  readonly #getToken: TokenProvider;
  #current: string | undefined;
  #renewal: Promise<string> | undefined;

  constructor(getToken: TokenProvider, account: string) {
    super();
    this.#getToken = getToken;
    this.account = account;
  }

  authorize(_address: URL, refused?: string): string | Promise<string> {
    if (this.#current !== undefined && this.#current !== refused) return this.#current;
    // One renewal for all that wait for it.
    this.#renewal ??= this.#renew();
    return this.#renewal;
  }

  async #renew(): Promise<string> {
    try {
      const token: unknown = await this.#getToken();
      // RFC 6750, 2.1. What it is instead is not told: it may be half a secret.
      if (typeof token !== 'string' || !/^[\w.~+/-]+=*$/.test(token))
        throw new Error('the provider gave no bearer token');
      this.#current = `Bearer ${token}`;
      return this.#current;
    } finally {
      this.#renewal = undefined;
    }
  }
}
