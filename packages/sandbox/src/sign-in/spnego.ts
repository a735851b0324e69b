import { timingSafeEqual } from 'node:crypto';
import { der, readAllDer, readDer } from './der.js';
import type { NtlmIdentity } from './ntlm/handshake.js';
import { kindOf } from './ntlm/messages.js';
import { firstSignature } from './ntlm/signature.js';
import { Refusal } from './refusal.js';

const SPNEGO = '2b0601050502';
const NTLMSSP = Buffer.from('2b06010401823702020a', 'hex');

/** Tags: an initial token, its two choices, and what is inside. */
const INITIAL = 0x60;
const INIT = 0xa0;
const RESPONSE = 0xa1;
const SEQUENCE = 0x30;
const IDENTIFIER = 0x06;
const OCTETS = 0x04;
const ENUMERATED = 0x0a;
const [STATE, MECHANISM, TOKEN, MIC] = [0xa0, 0xa1, 0xa2, 0xa3];

const COMPLETED = 0;
const INCOMPLETE = 1;
const MIC_WANTED = 3;

/**
 * How NTLM comes inside of Negotiate: as it is, or in SPNEGO (RFC 4178), whose list of mechanisms a client may sign when
 * it knows the key, and must where NTLM was not its first choice.
 */
export class Spnego {
  private mechanisms: Buffer | undefined;
  private signature: Buffer | undefined;
  private isSecondChoice = false;

  /** A token that goes on with nothing. */
  static begins(token: Buffer): boolean {
    return token[0] === INITIAL || kindOf(token) === 1;
  }

  /** @returns the message of NTLM; undefined where there is none yet, as where a client would rather have Kerberos */
  unwrap(token: Buffer): Buffer | undefined {
    if (token.toString('latin1', 0, 8) === 'NTLMSSP\0') return token;
    try {
      return token[0] === RESPONSE ? this.readResponse(token) : this.readOffer(token);
    } catch (error) {
      if (error instanceof RangeError) throw new Refusal('malformed');
      throw error;
    }
  }

  /** An answer that goes on, with the challenge if there is one already. */
  wrap(challenge: Buffer | undefined): Buffer {
    if (this.mechanisms === undefined) return challenge ?? Buffer.alloc(0);
    const state = this.isSecondChoice && challenge === undefined ? MIC_WANTED : INCOMPLETE;
    return response(state, der(MECHANISM, der(IDENTIFIER, NTLMSSP)), wrapped(TOKEN, challenge));
  }

  /** The answer that ends it; undefined where NTLM came as it is. @throws Refusal */
  end(identity: NtlmIdentity): Buffer | undefined {
    if (this.mechanisms === undefined) return undefined;
    if (this.signature === undefined) {
      if (this.isSecondChoice) throw new Refusal('wrongMic');
      return response(COMPLETED);
    }
    const right = firstSignature(identity, 'client-to-server', this.mechanisms);
    if (right?.length !== this.signature.length || !timingSafeEqual(right, this.signature)) {
      throw new Refusal('wrongMic');
    }
    return response(COMPLETED, wrapped(MIC, firstSignature(identity, 'server-to-client', this.mechanisms)));
  }

  private readOffer(token: Buffer): Buffer | undefined {
    const outer = readDer(token);
    if (outer.tag !== INITIAL) throw new Refusal('malformed');
    const mechanism = readDer(outer.body);
    if (mechanism.body.toString('hex') !== SPNEGO) throw new Refusal('noKerberos');
    const init = readDer(mechanism.rest);
    if (init.tag !== INIT) throw new Refusal('malformed');
    const fields = fieldsOf(init.body);
    const list = fields.get(STATE) ?? Buffer.alloc(0);
    const offered = readAllDer(readDer(list).body).map(({ body }) => body.equals(NTLMSSP));
    if (!offered.includes(true)) throw new Refusal('noKerberos');
    this.mechanisms = list;
    this.isSecondChoice = offered[0] !== true;
    return this.isSecondChoice ? undefined : octets(fields.get(TOKEN));
  }

  private readResponse(token: Buffer): Buffer | undefined {
    if (this.mechanisms === undefined) throw new Refusal('noChallenge');
    const fields = fieldsOf(readDer(token).body);
    this.signature = octets(fields.get(MIC));
    return octets(fields.get(TOKEN));
  }
}

/** The bodies of a sequence's fields, by tag. */
function fieldsOf(bytes: Buffer): ReadonlyMap<number, Buffer> {
  return new Map(readAllDer(readDer(bytes).body).map(({ tag, body }) => [tag, body]));
}

function octets(field: Buffer | undefined): Buffer | undefined {
  return field === undefined ? undefined : readDer(field).body;
}

function wrapped(tag: number, bytes: Buffer | undefined): Buffer {
  return bytes === undefined ? Buffer.alloc(0) : der(tag, der(OCTETS, bytes));
}

function response(state: number, ...fields: readonly Buffer[]): Buffer {
  return der(RESPONSE, der(SEQUENCE, der(STATE, der(ENUMERATED, Buffer.from([state]))), ...fields));
}
