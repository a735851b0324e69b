import type { EwsCredentials } from './credentials.js';
import { refuseCredentials, requirePassword } from './refuse-credentials.js';
import { RequestCredentials } from './request-credentials.js';

/**
 * Basic authentication (RFC 7617), where the server has it switched on. Over TLS, or to this machine, only.
 * @throws AppointedError `invalid_options`
 */
export function basic({ user, password }: { readonly user: string; readonly password: string }): EwsCredentials {
  // RFC 7617: what comes behind the first colon is the password.
  if (typeof user !== 'string' || user === '' || user.includes(':'))
    throw refuseCredentials('user', 'is empty or has a colon');
  requirePassword(password);
  return new BasicCredentials(user, password);
}

class BasicCredentials extends RequestCredentials {
  readonly scheme = 'Basic';
  readonly account: string;
  readonly #header: string;

  constructor(user: string, password: string) {
    super();
    this.account = user;
    this.#header = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  }

  authorize(_address: URL, refused?: string): string | undefined {
    // The same password again would only bring the account nearer to being locked.
    return refused === undefined ? this.#header : undefined;
  }
}
