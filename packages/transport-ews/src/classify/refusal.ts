import type { Failure } from '@appointed/core';

/** The ResponseCode that a failure came with. */
export function codeOf({ error }: Failure): string | undefined {
  return error.server?.code;
}

/**
 * The server does not do this, or not so. Exchange has a code for everything; a fault without one is what servers like
 * gromox send for operations that they do not know.
 */
export function isRefusal(failure: Failure): boolean {
  if (failure.kind === 'rejected') return failure.scope === 'placement';
  const { code, message } = failure.error.server ?? {};
  return failure.kind === 'unknown' && code === undefined && message !== undefined;
}
