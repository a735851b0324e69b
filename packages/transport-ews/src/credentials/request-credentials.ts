import { EwsCredentials } from './credentials.js';

/** Credentials that sign each request in. */
export abstract class RequestCredentials extends EwsCredentials {
  /**
   * The Authorization header's value.
   * @param address of the service
   * @param refused a value that the server has refused: a new one is wanted, if there can be one
   * @returns undefined if there can be no new one
   */
  abstract authorize(address: URL, refused?: string): string | Promise<string | undefined> | undefined;
}
