import { inspect } from 'node:util';

/**
 * How the service account signs in. Made by {@link ntlm}, {@link kerberos}, {@link basic} or {@link bearer}; a value that
 * does not print its secret.
 */
export abstract class EwsCredentials {
  constructor() {
    Object.defineProperty(this, inspect.custom, { value: () => this.toJSON() });
  }

  /** Who signs in, as far as that is known without a request; names the identity's lane. */
  abstract readonly account: string;

  /** The scheme by which it signs in, as servers offer it (header WWW-Authenticate). */
  abstract readonly scheme: 'Basic' | 'Bearer' | 'Negotiate' | 'NTLM';

  toJSON(): string {
    return `[credentials of ${this.account}]`;
  }
}
