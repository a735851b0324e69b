import type { EwsCredentials } from './credentials.js';
import { RequestCredentials } from './request-credentials.js';

/** So long before its end a token is renewed, or at half of its life where that is later. */
const AHEAD_MS = 300_000;
/** So long a renewal that failed is not tried again, as long as there is a token. */
const REST_MS = 10_000;
/** So long one renewal is waited for by all, then the provider is asked once more: what hangs must not hold up a run for ever. */
const PATIENCE_MS = 60_000;

/** An OAuth access token, as `@azure/identity` gives it. */
export interface AccessToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresOnTimestamp: number;
}

/**
 * Gives an access token for the server: one that says when it ends is renewed before, another one when it was refused.
 * @param scope `https://mail.contoso.com/.default`, with the host of the service's address
 */
export type TokenProvider = (scope: string) => Promise<string | AccessToken | null>;

/** Has a token provider: what every credential of `@azure/identity` is. */
export interface TokenCredential {
  readonly getToken: TokenProvider;
}

/**
 * OAuth 2 bearer tokens. On premises that is hybrid modern authentication, with the delegated token of a service account.
 * @param source asked for the first request, and then for as few as can be: all that wait share one answer
 * @param account a name for the identity, to tell it from others; not a secret
 */
export function bearer(source: TokenProvider | TokenCredential, account = 'bearer'): EwsCredentials {
  return new BearerCredentials(typeof source === 'function' ? source : (scope) => source.getToken(scope), account);
}

class BearerCredentials extends RequestCredentials {
  readonly scheme = 'Bearer';
  readonly account: string;
  readonly #getToken: TokenProvider;
  #current: string | undefined;
  #endsAt = Number.POSITIVE_INFINITY;
  #renewAt = Number.POSITIVE_INFINITY;
  #renewal: Promise<string> | undefined;
  #isHungAt = Number.POSITIVE_INFINITY;

  constructor(getToken: TokenProvider, account: string) {
    super();
    this.#getToken = getToken;
    this.account = account;
  }

  authorize(address: URL, refused?: string): string | Promise<string> {
    const current = this.#current;
    const now = Date.now();
    if (current === undefined || current === refused || now >= this.#endsAt) return this.#renew(address);
    if (now >= this.#renewAt) this.#renewAhead(address);
    return current;
  }

  /** Nobody has to wait for it. */
  #renewAhead(address: URL): void {
    this.#renew(address).catch(() => {
      this.#renewAt = Date.now() + REST_MS;
    });
  }

  /** One renewal for all that wait for it. */
  #renew(address: URL): Promise<string> {
    if (this.#renewal !== undefined && Date.now() < this.#isHungAt) return this.#renewal;
    this.#isHungAt = Date.now() + PATIENCE_MS;
    const renewal = this.#ask(address).finally(() => {
      if (this.#renewal === renewal) this.#renewal = undefined;
    });
    this.#renewal = renewal;
    return renewal;
  }

  async #ask({ hostname }: URL): Promise<string> {
    const given: unknown = await this.#getToken(`https://${hostname}/.default`);
    const { token, expiresOnTimestamp: endsAt = Number.POSITIVE_INFINITY } =
      typeof given === 'string' ? { token: given } : ((given ?? {}) as Partial<AccessToken>);
    // RFC 6750, 2.1. What it is instead is not told: it may be half a secret.
    if (typeof token !== 'string' || !/^[\w.~+/-]+=*$/.test(token))
      throw new Error('the provider gave no bearer token');
    if (typeof endsAt !== 'number') throw new Error('the provider does not say in milliseconds when the token ends');
    this.#current = `Bearer ${token}`;
    this.#endsAt = endsAt;
    this.#renewAt = Math.max(endsAt - AHEAD_MS, (Date.now() + endsAt) / 2);
    return this.#current;
  }
}
