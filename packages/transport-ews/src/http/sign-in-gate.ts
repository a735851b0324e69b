import type { HttpResult } from './http-client.js';

/** What a request gets that was not sent, since the one before it was refused. */
const REFUSED: HttpResult = { kind: 'response', status: 401, headers: {}, body: Buffer.alloc(0) };

/** So long after a refusal nobody signs in: what a run had begun before it heard of that must not try once more. */
const REST_MS = 5000;

/** So long after a sign-in it is taken for granted that the password is still right. */
const KNOWN_MS = 10_000;

/**
 * Lets sign-ins through. As long as nothing is known of the password one goes alone, and those that come meanwhile wait
 * for its answer: a password that was mistyped, or was changed since, must cost one failed sign-in, and not as many as may
 * be in flight, which would lock the account.
 */
export class SignInGate {
  #knownUntil = Number.NEGATIVE_INFINITY;
  #refusedUntil = Number.NEGATIVE_INFINITY;
  #first: Promise<void> | undefined;

  /** Whether a sign-in may go beside others. */
  get isOpen(): boolean {
    return Date.now() < this.#knownUntil;
  }

  /** Sends what signs in, alone if need be. What came of it is to be {@link learn}ed before the promise is settled. */
  async pass(attempt: () => Promise<HttpResult>): Promise<HttpResult> {
    while (!this.isOpen && this.#first !== undefined) await this.#first;
    if (this.isOpen) return attempt();
    if (Date.now() < this.#refusedUntil) return REFUSED;
    const result = attempt();
    const end = (): void => {
      this.#first = undefined;
    };
    this.#first = result.then(end, end);
    return result;
  }

  /**
   * What an answer says of the password. Exchange answers 200, or 500 for what it cannot do; other statuses may come from
   * what stands before it, and has not looked.
   */
  learn(result: HttpResult): void {
    if (result.kind !== 'response') return;
    const now = Date.now();
    if (result.status === 401) {
      this.#knownUntil = Number.NEGATIVE_INFINITY;
      this.#refusedUntil = now + REST_MS;
    } else if ((result.status === 200 || result.status === 500) && now >= this.#refusedUntil) {
      this.#knownUntil = now + KNOWN_MS;
    }
  }
}
