import { AppointedError } from '../error/appointed-error.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { abortable } from '../pipeline/abortable.js';
import { transportFailed } from '../pipeline/request.js';
import type { Run } from '../pipeline/run.js';
import type { Route } from '../transport/appointment-transport.js';

/** Asks the transport for the way to a mailbox. @returns undefined when the run was stopped meanwhile */
export async function findRoute(run: Run, mailbox: Mailbox): Promise<Route | AppointedError | undefined> {
  try {
    const route = run.parts.transport.route(mailbox);
    return 'then' in route ? await abortable(route, run.halted) : route;
  } catch (cause) {
    if (run.halted.aborted && cause === run.halted.reason) return undefined;
    return AppointedError.is(cause) ? cause : transportFailed(mailbox, 'route', cause);
  }
}
