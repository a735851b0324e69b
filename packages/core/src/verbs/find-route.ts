import { AppointedError } from '../error/appointed-error.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { abortable } from '../pipeline/abortable.js';
import { transportFailed } from '../pipeline/request.js';
import type { Run } from '../pipeline/run.js';
import type { Route } from '../transport/appointment-transport.js';

/** A way to a mailbox, why there is none, or undefined when the run was stopped meanwhile. */
export type FoundRoute = Route | AppointedError | undefined;

/** Asks the transport for the way to a mailbox. Most know it at once. */
export function findRoute(run: Run, mailbox: Mailbox): FoundRoute | Promise<FoundRoute> {
  try {
    const route = run.parts.transport.route(mailbox);
    return 'then' in route
      ? abortable(route, run.halted).catch((cause: unknown) => noRoute(run, mailbox, cause))
      : route;
  } catch (cause) {
    return noRoute(run, mailbox, cause);
  }
}

function noRoute(run: Run, mailbox: Mailbox, cause: unknown): AppointedError | undefined {
  if (run.halted.aborted && cause === run.halted.reason) return undefined;
  return AppointedError.is(cause) ? cause : transportFailed(mailbox, 'route', cause);
}
