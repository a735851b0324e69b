import type { Socket } from 'node:net';
import { answer } from './canned-answers.js';
import type { Behaviour } from './canned-server.js';

/** MS-NLMP 4.2.4.3, with a time (MsvAvTimestamp) in the target information. */
const CHALLENGE = Buffer.from(
  '4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000003000300044000000060070170000000f' +
    '53006500720076006500720002000c0044006f006d00610069006e0001000c00530065007200760065007200' +
    '0700080000010203040506d70000000000',
  'hex',
);

/** What was seen of signing in. */
export interface Seen {
  greetings: number;
  /** The messages that answered a challenge, decoded. */
  readonly answers: Buffer[];
  /** Bodies that came without a right to be there. */
  unsigned: number;
}

/** How a server that wants NTLM behaves. It checks no password: what is sent, and when, is looked at. */
export interface NtlmBehaviour {
  readonly body: string;
  readonly isRefused?: () => boolean;
  /** After each challenge, the connection is closed so often. */
  closesAfterChallenge?: number;
  /** After each answer to a request, the connection is closed. */
  readonly closesAfterAnswer?: boolean;
  /** Called for each request on a connection that is signed in; true signs it out. */
  readonly forgets?: (count: number) => boolean;
}

/** Lets in whose connection is signed in. */
export function wantingNtlm(seen: Seen, how: NtlmBehaviour): Behaviour {
  const signedIn = new WeakSet<Socket>();
  const challenged = new WeakSet<Socket>();
  let served = 0;
  return (response, request, count) => {
    const { socket } = response;
    if (socket === null) throw new Error('there is no connection');
    const message = Buffer.from(/^NTLM (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '', 'base64');
    const refuse = (challenge = ''): void => {
      const headers = { 'www-authenticate': ['Negotiate', `NTLM${challenge}`] };
      response
        .writeHead(
          401,
          challenge !== '' && (how.closesAfterChallenge ?? 0) > 0 ? { ...headers, connection: 'close' } : headers,
        )
        .end('Unauthorized');
    };
    if (message.length > 12 && message.readUInt32LE(8) === 1) {
      seen.greetings += 1;
      if (request.body !== '') seen.unsigned += 1;
      challenged.add(socket);
      refuse(` ${CHALLENGE.toString('base64')}`);
      how.closesAfterChallenge = (how.closesAfterChallenge ?? 0) - 1;
      return;
    }
    if (message.length > 12 && challenged.delete(socket)) {
      seen.answers.push(message);
      if (how.isRefused?.() === true) return refuse();
      signedIn.add(socket);
    } else if (!signedIn.has(socket) || how.forgets?.((served += 1)) === true) {
      signedIn.delete(socket);
      seen.unsigned += 1;
      return refuse();
    }
    return answer(200, how.body, how.closesAfterAnswer === true ? { connection: 'close' } : {})(
      response,
      request,
      count,
    );
  };
}
