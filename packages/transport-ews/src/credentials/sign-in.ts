import type { HttpResult } from '../http/http-client.js';
import { SignInGate } from '../http/sign-in-gate.js';
import { awaitToken } from './await-token.js';
import type { EwsCredentials } from './credentials.js';
import { RequestCredentials } from './request-credentials.js';

/** Sends a request, with an Authorization header if it is the request that is signed in. */
type Attempt = (authorization?: string) => Promise<HttpResult>;

/** Signs requests in. */
export class SignIn {
  readonly #credentials: RequestCredentials | undefined;
  readonly #address: URL;
  readonly #gate = new SignInGate();

  /** @param address of the service */
  constructor(credentials: EwsCredentials, address: URL) {
    // Others sign in the connection on which a request is sent.
    this.#credentials = credentials instanceof RequestCredentials ? credentials : undefined;
    this.#address = address;
  }

  /** @throws Error when no token can be had in time; the signal's reason; what the sign-in of a connection throws */
  send(attempt: Attempt, deadline: number, signal: AbortSignal): Promise<HttpResult> {
    const credentials = this.#credentials;
    if (credentials === undefined) return attempt();
    const turn = { credentials, attempt, deadline, signal };
    return this.#gate.isOpen ? this.#signedIn(turn) : this.#gate.pass(() => this.#signedIn(turn));
  }

  #signedIn(turn: Turn): Promise<HttpResult> {
    const given = this.#authorize(turn);
    return given instanceof Promise
      ? given.then((authorization) => this.#authorized(turn, authorization))
      : this.#authorized(turn, given);
  }

  #authorized(turn: Turn, authorization: string | undefined): Promise<HttpResult> {
    if (authorization === undefined) return Promise.reject(new Error('the credentials gave nothing'));
    return turn.attempt(authorization).then((result) => {
      if (isRefusal(result)) return this.#renewed(turn, authorization, result);
      this.#gate.learn(result);
      return result;
    });
  }

  /** A 401 is answered once, by a new token where there can be one. Nothing was done before it: it is no repetition. */
  async #renewed(turn: Turn, refused: string, refusal: HttpResult): Promise<HttpResult> {
    const renewed = await this.#authorize(turn, refused);
    const result = renewed === undefined ? refusal : await turn.attempt(renewed);
    this.#gate.learn(result);
    return result;
  }

  #authorize(
    { credentials, deadline, signal }: Turn,
    refused?: string,
  ): string | undefined | Promise<string | undefined> {
    const authorization = credentials.authorize(this.#address, refused);
    return authorization instanceof Promise ? awaitToken(authorization, deadline - Date.now(), signal) : authorization;
  }
}

interface Turn {
  readonly credentials: RequestCredentials;
  readonly attempt: Attempt;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

function isRefusal(result: HttpResult): boolean {
  return result.kind === 'response' && result.status === 401;
}
