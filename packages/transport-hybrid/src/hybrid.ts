import type { HybridOptions } from './hybrid-options.js';
import { HybridTransport } from './hybrid-transport.js';

/**
 * A transport to an organisation that has mailboxes on premises and in Exchange Online: each request goes where its
 * mailbox lives.
 * @throws AppointedError `invalid_options`
 */
export function hybrid(options: HybridOptions): HybridTransport {
  return new HybridTransport(options);
}
