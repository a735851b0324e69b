import type { GraphOptions } from './graph-options.js';
import { GraphTransport } from './graph-transport.js';

/**
 * A transport to Exchange Online by Microsoft Graph, acting in each mailbox with the application permission
 * Calendars.ReadWrite.
 * @throws AppointedError `invalid_options`
 */
export function graph(options: GraphOptions): GraphTransport {
  return new GraphTransport(options);
}
