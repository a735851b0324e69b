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
    const turn = { attempt, deadline, signal };
    return this.#isTried ? this.#signedIn(turn) : this.#inTurn(turn);
  }

  async #inTurn(turn: Turn): Promise<HttpResult> {
    if (this.#first !== undefined) {
      if (await this.#first) return REFUSED;
      return this.#isTried ? this.#signedIn(turn) : this.#inTurn(turn);
    }
    if (Date.now() < this.#refusedAt + REST_MS) return REFUSED;
    const result = this.#signedIn(turn);
    this.#first = result.then(
      (told) => this.#learn(told),
      () => this.#learn(undefined),
    );
    return result;
  }

  /** Where no answer came it is not known yet whether the password is right: the next one goes alone, too. */
  #learn(told: HttpResult | undefined): boolean {
    const isRefused = told !== undefined && isRefusal(told);
    this.#isTried = told?.kind === 'response' && !isRefused;
    if (isRefused) this.#refusedAt = Date.now();
    this.#first = undefined;
    return isRefused;
  }

  #signedIn(turn: Turn): Promise<HttpResult> {
    const credentials = this.#credentials;
    if (credentials === undefined) return turn.attempt();
    const given = this.#authorize(credentials, turn);
    return given instanceof Promise
      ? given.then((authorization) => this.#authorized(credentials, turn, authorization))
      : this.#authorized(credentials, turn, given);
  }

  #authorized(credentials: RequestCredentials, turn: Turn, authorization: string | undefined): Promise<HttpResult> {
    if (authorization === undefined) return Promise.reject(new Error('the credentials gave nothing'));
    return turn
      .attempt(authorization)
      .then((result) => (isRefusal(result) ? this.#renewed(credentials, turn, authorization, result) : result));
  }

  /** A 401 is answered once, by a new token where there can be one. Nothing was done before it: it is no repetition. */
  async #renewed(
    credentials: RequestCredentials,
    turn: Turn,
    refused: string,
    refusal: HttpResult,
  ): Promise<HttpResult> {
    const renewed = await this.#authorize(credentials, turn, refused);
    return renewed === undefined ? refusal : turn.attempt(renewed);
  }

  #authorize(
    credentials: RequestCredentials,
    { deadline, signal }: Turn,
    refused?: string,
  ): string | undefined | Promise<string | undefined> {
    const authorization = credentials.authorize(this.#address, refused);
    return authorization instanceof Promise ? awaitToken(authorization, deadline - Date.now(), signal) : authorization;
  }
}

interface Turn {
  readonly attempt: Attempt;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

function isRefusal(result: HttpResult): boolean {
  return result.kind === 'response' && result.status === 401;
}
