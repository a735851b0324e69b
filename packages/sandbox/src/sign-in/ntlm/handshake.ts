import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { ServiceAccount } from '../../directory/service-account.js';
import { Refusal } from '../refusal.js';
import { SERVER_NAMES } from '../../directory/server-names.js';
import { AvId, type AvPairs, readAvPairs, writeAvPairs } from './av-pairs.js';
import * as Flag from './flags.js';
import { hmacMd5, proof, responseKey, sessionKey } from './keys.js';
import { type Authenticate, readAuthenticate, readNegotiate, writeChallenge } from './messages.js';

/** What the server does if the client wants it. */
const ON_REQUEST =
  Flag.SIGN |
  Flag.SEAL |
  Flag.ALWAYS_SIGN |
  Flag.EXTENDED_SESSION_SECURITY |
  Flag.KEY_128 |
  Flag.KEY_56 |
  Flag.KEY_EXCHANGE;
const ALWAYS = Flag.REQUEST_TARGET | Flag.NTLM | Flag.TARGET_TYPE_DOMAIN | Flag.TARGET_INFO | Flag.VERSION;

/** The proof, and what a client must have before its words: two versions, the time, a challenge of its own. */
const PROOF_LENGTH = 16;
const BLOB_HEAD = 28;
const HAS_MIC = 2;

/** From 1601, in units of 100 ns. */
function fileTime(ms: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(Math.floor(ms)) + 11_644_473_600_000n) * 10_000n);
  return bytes;
}

/** Who has signed in by NTLM, what the client says about the connection, and the key that both have now. */
export interface NtlmIdentity {
  readonly account: ServiceAccount;
  readonly targetName: string;
  readonly channelBindings: Buffer | undefined;
  readonly flags: number;
  readonly sessionKey: Buffer;
  readonly hasMic: boolean;
}

/** One challenge and its answer (MS-NLMP 3.2.5). The challenge is random, and good for one answer. */
export class NtlmHandshake {
  /** The CHALLENGE_MESSAGE. */
  readonly challenge: Buffer;
  private readonly serverChallenge = randomBytes(8);
  private readonly told: AvPairs;

  constructor(
    private readonly negotiate: Buffer,
    now: number,
  ) {
    const asked = readNegotiate(negotiate);
    const text = (asked & Flag.UNICODE) === 0 ? Flag.OEM : Flag.UNICODE;
    this.told = new Map([
      [AvId.nbDomainName, utf16(SERVER_NAMES.domain)],
      [AvId.nbComputerName, utf16(SERVER_NAMES.computer)],
      [AvId.dnsDomainName, utf16(SERVER_NAMES.dnsDomain)],
      [AvId.dnsComputerName, utf16(SERVER_NAMES.dnsComputer)],
      [AvId.timestamp, fileTime(now)],
    ]);
    this.challenge = writeChallenge({
      targetName: SERVER_NAMES.domain,
      flags: (text | ALWAYS | (asked & ON_REQUEST)) >>> 0,
      serverChallenge: this.serverChallenge,
      targetInfo: writeAvPairs(this.told),
    });
  }

  /** Checks the AUTHENTICATE_MESSAGE. @throws Refusal */
  verify(message: Buffer, find: (user: string, domain: string) => ServiceAccount | undefined): NtlmIdentity {
    const authenticate = readAuthenticate(message);
    const { user, domain, ntResponse } = authenticate;
    if (ntResponse.length < PROOF_LENGTH + BLOB_HEAD)
      throw new Refusal(ntResponse.length === 0 ? 'noCredentials' : 'ntlmV1');
    const account = find(user, domain);
    if (account?.password === undefined) throw new Refusal('unknownAccount');
    const [proven, blob] = [ntResponse.subarray(0, PROOF_LENGTH), ntResponse.subarray(PROOF_LENGTH)];
    const key = responseKey(account.password, user, domain);
    if (!timingSafeEqual(proof(key, this.serverChallenge, blob), proven)) throw new Refusal('wrongPassword');
    const pairs = this.readBlob(blob);
    const session = sessionKey(key, proven, authenticate.encryptedSessionKey);
    const hasMic = this.checkMic(authenticate, pairs, session);
    return {
      account,
      targetName: pairs.get(AvId.targetName)?.toString('utf16le') ?? '',
      channelBindings: channelBindingsIn(pairs),
      flags: authenticate.flags,
      sessionKey: session,
      hasMic,
    };
  }

  /** What the client says (MS-NLMP 2.2.2.7); what it repeats of the challenge must be as it was. */
  private readBlob(blob: Buffer): AvPairs {
    const isVersion2 = blob[0] === 1 && blob[1] === 1;
    const pairs = isVersion2 ? readAvPairs(blob.subarray(BLOB_HEAD)) : undefined;
    if (pairs === undefined) throw new Refusal('malformed');
    for (const [id, value] of this.told) {
      if (pairs.get(id)?.equals(value) === false) throw new Refusal('wrongTargetInfo');
    }
    return pairs;
  }

  /** @returns whether there is one: the client says so where nobody can take it away, under its proof */
  private checkMic({ mic, withoutMic }: Authenticate, pairs: AvPairs, session: Buffer): boolean {
    const flags = pairs.get(AvId.flags);
    if (flags?.length !== 4 || (flags.readUInt32LE() & HAS_MIC) === 0) return false;
    const right = hmacMd5(session, this.negotiate, this.challenge, withoutMic);
    if (mic === undefined || !timingSafeEqual(right, mic)) throw new Refusal('wrongMic');
    return true;
  }
}

/** Sixteen zeros say that there is none. */
function channelBindingsIn(pairs: AvPairs): Buffer | undefined {
  const bindings = pairs.get(AvId.channelBindings);
  return bindings === undefined || bindings.every((byte) => byte === 0) ? undefined : bindings;
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}
