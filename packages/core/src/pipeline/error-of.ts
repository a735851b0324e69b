import { AppointedError } from '../error/appointed-error.js';
import type { PlacementRow } from '../ledger/placement-row.js';

/** The error that the ledger has of a placement, if it has one. */
export function errorOf({ error, mailbox }: PlacementRow, cause?: unknown): AppointedError | undefined {
  if (error === undefined) return undefined;
  const { code, message, serverCode } = error;
  // The message begins with the code in brackets.
  return new AppointedError(code, message.slice(code.length + 3), {
    mailbox: mailbox.id,
    cause,
    ...(serverCode === undefined ? {} : { server: { code: serverCode } }),
  });
}
