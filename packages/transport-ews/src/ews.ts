import type { EwsOptions } from './ews-options.js';
import { EwsTransport } from './ews-transport.js';

/**
 * A transport to Exchange Server by Exchange Web Services, acting as each mailbox's owner (ExchangeImpersonation). The
 * service account needs the role ApplicationImpersonation for the mailboxes.
 * @throws AppointedError `invalid_options`
 */
export function ews(options: EwsOptions): EwsTransport {
  return new EwsTransport(options);
}
