import { inspect } from 'node:util';

/**
 * How the service account signs in. Made by {@link basic} or {@link bearer}; a value that does not print its secret.
 */
export abstract class EwsCredentials {
  constructor() {
    Object.defineProperty(this, inspect.custom, { value: () => this.toJSON() });
  }

  /** Who signs in, as far as that is known without a request; names the identity's lane. */
  abstract readonly account: string;

  /** The scheme by which it signs in, as servers offer it (header WWW-Authenticate). */
  abstract readonly scheme: 'Basic' | 'Bearer';

  /**
   * The Authorization header's value.
   * @param refused a value that the server has refused: a new one is wanted, if there can be one
   * @returns undefined if there can be no new one
   */
  abstract authorize(refused?: string): string | Promise<string | undefined> | undefined;

  toJSON(): string {
    return `[credentials of ${this.account}]`;
  }
}
