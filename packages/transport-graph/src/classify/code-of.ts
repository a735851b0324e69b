import type { Failure } from '@appointed/core';

/** The code of Graph that a failure came with. */
export function codeOf({ error }: Failure): string | undefined {
  return error.server?.code;
}
