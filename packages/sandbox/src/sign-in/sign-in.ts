import type { IncomingMessage } from 'node:http';
import type { Directory } from '../directory/directory.js';
import type { ServiceAccount } from '../directory/service-account.js';
import type { Tokens } from '../entra/tokens.js';
import type { FaultInjector } from '../faults/fault-injector.js';
import type { Answer } from '../http/answer.js';
import type { LoggedRequest } from '../log/request-log.js';
import type { Connection, Connections, Pending } from './connections.js';
import { Credentials } from './credentials.js';
import { NtlmHandshake } from './ntlm/handshake.js';
import { kindOf } from './ntlm/messages.js';
import { NTLM_OPERATIONS } from './ntlm-operations.js';
import type { Protection } from './protection.js';
import { Refusal } from './refusal.js';
import { CHALLENGES, type SignInScheme } from './scheme.js';
import { SignInCounts } from './sign-in-counts.js';
import { SignInFaultAnswers } from './sign-in-fault-answers.js';
import { Spnego } from './spnego.js';

const AUTHORIZATION = /^(\w+)(?: +([^\s,]+))? *$/;

const [NEGOTIATE, AUTHENTICATE] = NTLM_OPERATIONS;

/** Stands for the request's own answer, which is made after the handshake. */
const PASSED: Answer = { status: 200, headers: {}, body: '' };

/** Somebody who has signed in. */
interface SignedIn {
  readonly account: ServiceAccount;
  /** What the answer to the request must carry besides. */
  readonly headers?: Answer['headers'];
  /** What a fault has in store for it. */
  readonly delivery?: Answer['delivery'];
}

interface Parts {
  readonly connections: Connections;
  readonly directory: Directory;
  readonly tokens: Tokens;
  readonly faults: FaultInjector;
  readonly now: () => number;
}

/** Asks who sends a request to EWS or Autodiscover. */
export class SignIn {
  readonly counts: SignInCounts = new SignInCounts();
  private readonly credentials: Credentials;

  constructor(
    private readonly parts: Parts,
    private readonly schemes: readonly SignInScheme[],
    private readonly protection: Protection,
  ) {
    this.credentials = new Credentials(parts.directory, parts.tokens);
  }

  /** Forgets who has signed in, since accounts have changed. */
  forget(): void {
    this.credentials.forget();
  }

  /**
   * Lets a request through, or answers it.
   * @param proceed answers who has signed in; undefined where the client goes away before its request has arrived
   */
  async admit(
    request: IncomingMessage,
    entry: LoggedRequest,
    proceed: (account: ServiceAccount) => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const caller = await this.identify(request, entry);
    if ('status' in caller) {
      request.resume();
      return caller;
    }
    // The handshake is over, and what follows has an operation of its own.
    entry.operation = undefined;
    const answer = await proceed(caller.account);
    if (answer === undefined || caller.headers === undefined) return answer;
    const delivery = caller.delivery ?? answer.delivery;
    return { ...answer, headers: { ...answer.headers, ...caller.headers }, ...(delivery && { delivery }) };
  }

  private async identify(request: IncomingMessage, entry: LoggedRequest): Promise<SignedIn | Answer> {
    const connection = this.parts.connections.of(request.socket);
    this.counts.seen(connection);
    try {
      return await this.tryToIdentify(request, connection, entry);
    } catch (error) {
      return this.turnAway(error);
    }
  }

  private tryToIdentify(
    { headers }: IncomingMessage,
    connection: Connection,
    entry: LoggedRequest,
  ): SignedIn | Answer | Promise<SignedIn | Answer> {
    if (headers.authorization === undefined) return this.known(connection);
    const [, name = '', value = ''] = AUTHORIZATION.exec(headers.authorization) ?? [];
    const scheme = this.schemes.find((offered) => offered === name.toLowerCase());
    switch (scheme) {
      case undefined:
        throw new Refusal('notOffered');
      case 'basic':
        return { account: this.credentials.basic(value) };
      case 'bearer':
        return { account: this.credentials.bearer(value, headers.host ?? '') };
      default:
        return this.shakeHands(scheme, Buffer.from(value, 'base64'), connection, entry);
    }
  }

  /** NTLM signs in a connection: what follows on it needs no header. */
  private known({ account }: Connection): SignedIn {
    if (account === undefined) throw new Refusal('noCredentials');
    if (this.parts.directory.accountNamed(account.user) !== account) throw new Refusal('unknownAccount');
    return { account };
  }

  private shakeHands(
    scheme: Pending['scheme'],
    token: Buffer,
    connection: Connection,
    entry: LoggedRequest,
  ): SignedIn | Answer | Promise<SignedIn | Answer> {
    const { pending } = connection;
    connection.pending = undefined;
    connection.account = undefined;
    const goesOn = pending !== undefined && pending.scheme === scheme;
    const spnego = goesOn && !Spnego.begins(token) ? pending.spnego : new Spnego();
    const message = scheme === 'ntlm' ? token : spnego.unwrap(token);
    const kind = message === undefined ? undefined : kindOf(message);
    if (message !== undefined && kind === undefined) throw new Refusal('malformed');
    if (message === undefined || kind === 1) {
      const handshake = message && new NtlmHandshake(message, this.parts.now());
      return this.challenge({ scheme, spnego, handshake }, connection, entry);
    }
    if (!goesOn || pending.handshake === undefined) throw new Refusal('noChallenge');
    return this.finish(message, { ...pending, handshake: pending.handshake }, connection, entry);
  }

  private challenge(pending: Pending, connection: Connection, entry: LoggedRequest): Answer | Promise<Answer> {
    return this.intercepted(NEGOTIATE, entry, connection, () => {
      connection.pending = pending;
      if (pending.handshake !== undefined) this.counts.challenged();
      const token = pending.spnego.wrap(pending.handshake?.challenge).toString('base64');
      return unauthorized([`${CHALLENGES[pending.scheme]} ${token}`], '');
    });
  }

  private finish(
    message: Buffer,
    { spnego, handshake, scheme }: Pending & { handshake: NtlmHandshake },
    connection: Connection,
    entry: LoggedRequest,
  ): SignedIn | Answer | Promise<SignedIn | Answer> {
    let signedIn: SignedIn | undefined;
    const verify = (): Answer => {
      try {
        const identity = handshake.verify(message, (user, domain) => this.parts.directory.accountNamed(user, domain));
        this.protection.check(identity);
        if (identity.account.disabled) throw new Refusal('disabled');
        const last = spnego.end(identity)?.toString('base64');
        connection.account = identity.account;
        this.counts.signedIn();
        const headers = last === undefined ? {} : { 'www-authenticate': `${CHALLENGES[scheme]} ${last}` };
        signedIn = { account: identity.account, headers };
        return PASSED;
      } catch (error) {
        return this.turnAway(error);
      }
    };
    const pass = (answer: Answer): SignedIn | Answer => {
      const { delivery } = answer;
      return answer.headers === PASSED.headers && signedIn !== undefined ? { ...signedIn, delivery } : answer;
    };
    const answer = this.intercepted(AUTHENTICATE, entry, connection, verify);
    return answer instanceof Promise ? answer.then(pass) : pass(answer);
  }

  private intercepted(
    operation: (typeof NTLM_OPERATIONS)[number],
    entry: LoggedRequest,
    { number }: Connection,
    proceed: () => Answer,
  ): Answer | Promise<Answer> {
    entry.operation = operation;
    const subject = { operation, mailbox: '', account: '', connection: number };
    return this.parts.faults.intercept({ subject, log: entry, proceed, answers: () => new SignInFaultAnswers() });
  }

  private turnAway(error: unknown): Answer {
    if (!(error instanceof Refusal)) throw error;
    this.counts.turnedAway(error.reason);
    const answer = unauthorized(
      this.schemes.map((scheme) => CHALLENGES[scheme]),
      `${error.message}\n`,
    );
    if (error.diagnostics === undefined) return answer;
    return { ...answer, headers: { ...answer.headers, 'x-ms-diagnostics': error.diagnostics } };
  }
}

function unauthorized(challenges: readonly string[], body: string): Answer {
  return {
    status: 401,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'www-authenticate': [...challenges] },
    body,
  };
}
