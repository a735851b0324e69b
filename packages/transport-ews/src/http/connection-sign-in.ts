import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Connection } from './connection.js';
import type { HttpRequest, HttpResult } from './http-client.js';

/** Signs in connections, and not requests: what comes later on one that is signed in needs no Authorization. */
export interface ConnectionSignIn {
  /** The value of Authorization that is sent first, without a body. */
  readonly greeting: string;
  /**
   * The value that answers the server's challenge; it is sent with the request itself.
   * @param challenges the values of WWW-Authenticate
   * @returns undefined if there is no challenge among them
   * @throws Error when the challenge cannot be read, or must not be answered
   */
  answer(challenges: string, server: SignInServer): string | undefined;
}

/** Who is signed in to. */
export interface SignInServer {
  readonly hostname: string;
  /** The server's, in DER; absent over plain HTTP. */
  readonly certificate?: Buffer;
}

/** Sends a request over the connection; on a certain socket, if one is given, or not at all. */
export type SendOn = (request: HttpRequest, socket?: Socket) => Promise<HttpResult>;

/** How a connection is signed in. */
interface SigningIn {
  readonly signIn: ConnectionSignIn;
  readonly hostname: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly send: SendOn;
}

/** So often is a connection opened that is closed between greeting and answer. */
const MOST_TRIES = 3;

/**
 * Signs a connection in, and sends a request with that. The request itself is sent once, with the answer to the server's
 * challenge: what fails before that has certainly not been done.
 * @throws what the sign-in throws; Error when the server does not ask to sign in
 */
export async function signInAndSend(
  request: HttpRequest,
  connection: Connection,
  { signIn, hostname, deadline, send }: SigningIn,
): Promise<HttpResult> {
  const signed = (authorization: string): HttpRequest => ({
    ...request,
    headers: [...request.headers, 'authorization', authorization],
    timeoutMs: Math.max(deadline - Date.now(), 0),
  });
  for (let tries = 1; ; tries += 1) {
    const greeted = await send({ ...signed(signIn.greeting), body: '' });
    const { socket } = connection;
    if (greeted.kind === 'failure') return { ...greeted, sent: false };
    if (greeted.status !== 401 || socket === undefined) return withoutChallenge(greeted);
    const challenges = [greeted.headers['www-authenticate'] ?? []].flat().join(', ');
    const answer = signIn.answer(challenges, { hostname, ...certificateOf(socket) });
    if (answer === undefined) return greeted;
    const result = await send(signed(answer), socket);
    const isClosed = result.kind === 'failure' && result.reason === 'moved';
    if (isClosed && tries < MOST_TRIES) continue;
    connection.signedIn = result.kind === 'response' && result.status !== 401 ? socket : undefined;
    return result;
  }
}

/**
 * A redirect or a refusal says enough for itself. What else comes is no answer to the request, which was not sent: an error
 * passes, and who is content without sign-in is no Exchange.
 * @throws Error
 */
function withoutChallenge(greeted: Extract<HttpResult, { kind: 'response' }>): HttpResult {
  if (greeted.status >= 300 && greeted.status < 500) return greeted;
  const cause = new Error(`the server answered ${greeted.status} where it was to be signed in`);
  if (greeted.status < 300) throw cause;
  return { kind: 'failure', reason: 'network', sent: false, cause };
}

function certificateOf(socket: Socket): Pick<SignInServer, 'certificate'> {
  return socket instanceof TLSSocket ? { certificate: socket.getPeerCertificate().raw } : {};
}
