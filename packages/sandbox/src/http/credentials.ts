import { createHash, timingSafeEqual } from 'node:crypto';
import type { Directory } from '../directory/directory.js';
import type { ServiceAccount } from '../directory/service-account.js';

const SCHEME = /^(\w+) +(\S+) *$/;

/** What a request without credentials is asked for. */
export const CHALLENGES: string[] = [
  'Basic realm="Exchange"',
  'Bearer client_id="00000002-0000-0ff1-ce00-000000000000"',
];

/**
 * Who signs in, by Basic or Bearer; undefined if nobody. Every account is compared, in time that does not depend on
 * where the difference is. A header that was right once is remembered whole, since a comparison costs two digests.
 */
export class Credentials {
  private readonly accepted = new Map<string, ServiceAccount>();

  constructor(private readonly directory: Directory) {}

  /** Forgets who has signed in, since accounts have changed. */
  forget(): void {
    this.accepted.clear();
  }

  identify(authorization: string | undefined): ServiceAccount | undefined {
    if (authorization === undefined) return undefined;
    const known = this.accepted.get(authorization);
    if (known !== undefined) return known;
    const account = this.find(authorization);
    if (account !== undefined && this.accepted.size < 1000) this.accepted.set(authorization, account);
    return account;
  }

  private find(authorization: string): ServiceAccount | undefined {
    const [, scheme, value] = SCHEME.exec(authorization) ?? [];
    if (scheme === undefined || value === undefined) return undefined;
    let found: ServiceAccount | undefined;
    const isBasic = scheme.toLowerCase() === 'basic';
    if (!isBasic && scheme.toLowerCase() !== 'bearer') return undefined;
    const given = isBasic ? Buffer.from(value, 'base64').toString('utf8') : value;
    for (const account of this.directory.serviceAccounts) {
      const secret = isBasic ? basicSecret(account, given) : account.token;
      if (secret !== undefined && equals(secret, given)) found = account;
    }
    return found;
  }
}

/** `user:password` as it must come; names of accounts are not case-sensitive. */
function basicSecret(account: ServiceAccount, given: string): string | undefined {
  if (account.password === undefined) return undefined;
  const user = given.slice(0, Math.max(0, given.indexOf(':')));
  const isSameUser = user.toLowerCase() === account.user.toLowerCase();
  return `${isSameUser ? user : account.user}:${account.password}`;
}

function equals(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
