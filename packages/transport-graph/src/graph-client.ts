import { randomUUID } from 'node:crypto';
import type { Call, Mailbox, Outcome } from '@appointed/core';
import { type Answer, classify, type RequestSubject } from './classify/classify.js';
import type { GraphRequest } from './graph-request.js';
import { HttpClient, type HttpResult } from './http/http-client.js';
import type { ServiceAddress } from './service-address.js';
import { AccessTokens } from './sign-in/access-tokens.js';
import { inTime, withoutToken } from './sign-in/await-token.js';
import type { TokenCredential } from './sign-in/token-credential.js';

/** Sends requests, signed in. */
export class GraphClient {
  readonly #http: HttpClient;
  readonly #path: string;
  readonly #tokens: AccessTokens;

  constructor({ origin, path, scope }: ServiceAddress, credential: TokenCredential) {
    this.#http = new HttpClient(origin);
    this.#path = path;
    this.#tokens = new AccessTokens(credential, scope);
  }

  /** Sends one request about a mailbox. */
  async send(request: GraphRequest, mailbox: Mailbox, lane: string, call: Call): Promise<Outcome<Answer>> {
    const deadline = Date.now() + call.timeoutMs;
    let subject: RequestSubject = { mailbox, lane, clientRequestId: randomUUID() };
    const attempt = (token: string): Promise<HttpResult> =>
      this.#http.send({
        method: request.method,
        path: this.#pathOf(request, mailbox),
        headers: headersOf(request, token, subject.clientRequestId),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        signal: call.signal,
        sendBy: call.sendBy,
        timeoutMs: Math.max(deadline - Date.now(), 0),
      });
    const token = await this.#token(undefined, mailbox, deadline, call.signal);
    if (token.kind !== 'done') return token;
    const result = await attempt(token.value);
    if (!isRefusal(result)) return classify(result, subject);
    // Nothing was done before it: it is no repetition.
    const renewed = await this.#token(token.value, mailbox, deadline, call.signal);
    if (renewed.kind !== 'done') return renewed;
    subject = { ...subject, clientRequestId: randomUUID() };
    return classify(await attempt(renewed.value), subject);
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  async #token(
    refused: string | undefined,
    mailbox: Mailbox,
    deadline: number,
    signal: AbortSignal,
  ): Promise<Outcome<string>> {
    try {
      return { kind: 'done', value: await inTime(() => this.#tokens.get(refused), deadline, signal) };
    } catch (cause) {
      return withoutToken(cause, mailbox, signal);
    }
  }

  #pathOf({ path, isAboutDirectory }: GraphRequest, { id }: Mailbox): string {
    const whose = isAboutDirectory === true ? '' : `/${encodeURIComponent(id)}`;
    return `${this.#path}/users${whose}${path}`;
  }
}

function headersOf({ body, ifMatch }: GraphRequest, token: string, clientRequestId: string): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'user-agent': 'Appointed',
    'client-request-id': clientRequestId,
    'return-client-request-id': 'true',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(ifMatch === undefined ? {} : { 'if-match': `W/"${ifMatch}"` }),
  };
}

function isRefusal(result: HttpResult): boolean {
  return result.kind === 'response' && result.status === 401;
}
