import type { HttpResult } from '../http/http-client.js';
import { awaitToken } from './await-token.js';
import type { EwsCredentials } from './credentials.js';
import { RequestCredentials } from './request-credentials.js';

/** Sends a request, with an Authorization header if it is the request that is signed in. */
type Attempt = (authorization?: string) => Promise<HttpResult>;

/** What a request gets that was not sent, since the one before it was refused. */
const REFUSED: HttpResult = { kind: 'response', status: 401, headers: {}, body: '' };

/** So long after a refusal nobody signs in: what a run had begun before it heard of that must not try once more. */
const REST_MS = 5000;

/**
 * Signs requests in. The very first goes alone, and those that come meanwhile wait for its answer: a mistyped password
 * must cost one failed sign-in, and not as many as may be in flight, which would lock the account.
 */
export class SignIn {
  readonly #credentials: RequestCredentials | undefined;
  readonly #address: URL;
  #isTried = false;
  #first: Promise<boolean> | undefined;
  #refusedAt = Number.NEGATIVE_INFINITY;

  /** @param address of the service */
  constructor(credentials: EwsCredentials, address: URL) {
    // Others sign in the connection on which a request is sent.
    this.#credentials = credentials instanceof RequestCredentials ? credentials : undefined;
    this.#address = address;
  }

  /** @throws Error when no token can be had in time; the signal's reason; what the sign-in of a connection throws */
  send(attempt: Attempt, deadline: number, signal: AbortSignal): Promise<HttpResult> {
    return this.#isTried ? this.#signedIn(attempt, deadline, signal) : this.#inTurn(attempt, deadline, signal);
  }

  async #inTurn(attempt: Attempt, deadline: number, signal: AbortSignal): Promise<HttpResult> {
    if (this.#first !== undefined) {
      const isRefused = await this.#first;
      return isRefused ? REFUSED : this.#signedIn(attempt, deadline, signal);
    }
    if (Date.now() < this.#refusedAt + REST_MS) return REFUSED;
    const result = this.#signedIn(attempt, deadline, signal);
    this.#first = result
      .then(isRefusal, () => false)
      .then((isRefused) => {
        this.#isTried = !isRefused;
        if (isRefused) this.#refusedAt = Date.now();
        this.#first = undefined;
        return isRefused;
      });
    return result;
  }

  #signedIn(attempt: Attempt, deadline: number, signal: AbortSignal): Promise<HttpResult> {
    return this.#credentials === undefined ? attempt() : this.#authorized(this.#credentials, attempt, deadline, signal);
  }

  /** A 401 is answered once, by a new token where there can be one. Nothing was done before it: it is no repetition. */
  async #authorized(
    credentials: RequestCredentials,
    attempt: Attempt,
    deadline: number,
    signal: AbortSignal,
  ): Promise<HttpResult> {
    const given = this.#authorize(credentials, deadline, signal);
    const first = given instanceof Promise ? await given : given;
    if (first === undefined) throw new Error('the credentials gave nothing');
    const result = await attempt(first);
    if (!isRefusal(result)) return result;
    const renewed = await this.#authorize(credentials, deadline, signal, first);
    return renewed === undefined ? result : attempt(renewed);
  }

  #authorize(
    credentials: RequestCredentials,
    deadline: number,
    signal: AbortSignal,
    refused?: string,
  ): string | undefined | Promise<string | undefined> {
    const authorization = credentials.authorize(this.#address, refused);
    return authorization instanceof Promise ? awaitToken(authorization, deadline - Date.now(), signal) : authorization;
  }
}

function isRefusal(result: HttpResult): boolean {
  return result.kind === 'response' && result.status === 401;
}
