import type { Directory } from '../directory/directory.js';
import type { ServiceAccount } from '../directory/service-account.js';
import type { Tokens } from '../entra/tokens.js';
import { Refusal } from './refusal.js';
import { isSameSecret } from './same-secret.js';

/** Credentials that come whole with a request: Basic and Bearer. */
export class Credentials {
  /** Headers that were right once, since a comparison costs two digests. */
  private readonly accepted = new Map<string, ServiceAccount>();

  constructor(
    private readonly directory: Directory,
    private readonly tokens: Tokens,
  ) {}

  /** Forgets who has signed in, since accounts have changed. */
  forget(): void {
    this.accepted.clear();
  }

  /** @param value `user:password` in base64 @throws Refusal */
  basic(value: string): ServiceAccount {
    const known = this.accepted.get(value);
    if (known !== undefined) return known;
    const given = Buffer.from(value, 'base64').toString('utf8');
    const colon = given.indexOf(':');
    if (colon === -1) throw new Refusal('malformed');
    const account = this.directory.accountNamed(given.slice(0, colon));
    if (account?.password === undefined) throw new Refusal('unknownAccount');
    if (!isSameSecret(account.password, given.slice(colon + 1))) throw new Refusal('wrongPassword');
    return this.accept(value, account);
  }

  /**
   * An account's own token, or one of the sandbox's Entra: for this host, and of an account.
   * @param host as the request names it @throws Refusal
   */
  bearer(value: string, host: string): ServiceAccount {
    const known = this.accepted.get(`bearer ${value}`);
    if (known !== undefined) return known;
    for (const account of this.directory.serviceAccounts) {
      if (account.token !== undefined && isSameSecret(account.token, value))
        return this.accept(`bearer ${value}`, account);
    }
    // Not remembered: a token comes to its end.
    return this.tokens.accountOf(value, host);
  }

  private accept(header: string, account: ServiceAccount): ServiceAccount {
    if (account.disabled) throw new Refusal('disabled');
    if (this.accepted.size < 1000) this.accepted.set(header, account);
    return account;
  }
}
