import type { TokenCredential } from './token-credential.js';

/** So long before its end a token is renewed, or at half of its life where that is later. */
const AHEAD_MS = 300_000;

/** A renewal that takes longer is given up: what it waits for may never come. */
const PATIENCE_MS = 60_000;

/** So long a renewal that failed is not tried again, as long as there is a token. */
const REST_MS = 10_000;

interface AccessToken {
  readonly token: string;
  readonly endsAt: number;
  readonly renewAt: number;
}

/** The tokens of one application: each is used until shortly before its end, and then renewed, once for all. */
export class AccessTokens {
  readonly #credential: TokenCredential;
  readonly #scope: string;
  #current: AccessToken | undefined;
  #renewal: Promise<string> | undefined;
  #renewingUntil = 0;

  constructor(credential: TokenCredential, scope: string) {
    this.#credential = credential;
    this.#scope = scope;
  }

  /**
   * @param refused a token that the server has refused: a new one is wanted
   * @throws what the credential throws; Error where it gives no token
   */
  get(refused?: string): string | Promise<string> {
    const current = this.#current;
    if (current === undefined || current.token === refused || Date.now() >= current.endsAt) return this.#renew();
    // Nobody has to wait for it.
    if (Date.now() >= current.renewAt) this.#renew().catch(() => this.#rest());
    return current.token;
  }

  #renew(): Promise<string> {
    if (this.#renewal !== undefined && Date.now() < this.#renewingUntil) return this.#renewal;
    const renewal = this.#ask().finally(() => {
      if (this.#renewal === renewal) this.#renewal = undefined;
    });
    this.#renewal = renewal;
    this.#renewingUntil = Date.now() + PATIENCE_MS;
    return renewal;
  }

  async #ask(): Promise<string> {
    const given: unknown = await this.#credential.getToken(this.#scope);
    const { token, expiresOnTimestamp: endsAt } = (given ?? {}) as Record<string, unknown>;
    // RFC 6750, 2.1. What it is instead is not told: it may be half a secret.
    if (typeof token !== 'string' || !/^[\w.~+/-]+=*$/.test(token)) throw new Error('the credential gave no token');
    if (typeof endsAt !== 'number') throw new Error('the credential does not say when its token ends');
    const now = Date.now();
    this.#current = { token, endsAt, renewAt: Math.max(endsAt - AHEAD_MS, (now + endsAt) / 2) };
    return token;
  }

  #rest(): void {
    if (this.#current !== undefined) this.#current = { ...this.#current, renewAt: Date.now() + REST_MS };
  }
}
