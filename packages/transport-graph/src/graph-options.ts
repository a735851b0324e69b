import type { TokenCredential } from './sign-in/token-credential.js';

/** Where Graph is, and how the application signs in there. */
export interface GraphOptions {
  /** Made by `clientSecret` or `clientCertificate`; or a credential of `@azure/identity`, or anything alike. */
  readonly credential: TokenCredential;
  /**
   * The address of Graph, with the version. By default `https://graph.microsoft.com/v1.0`; national clouds have their own:
   * `https://graph.microsoft.us/v1.0`.
   */
  readonly baseUrl?: string;
  /**
   * Graph has no way to save a meeting that invites nobody. By default such meetings are refused; `draft` saves them as
   * drafts (`isDraft`), which their owner can send. Microsoft has not documented that.
   */
  readonly unsentMeetings?: 'draft';
  /** What attendees read in the cancellation of a meeting that is taken back. By default nothing. */
  readonly cancellationComment?: string;
}
