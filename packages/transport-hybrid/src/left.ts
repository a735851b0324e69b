import type { Call } from '@appointed/core';

/** What is left of a call. @param began when it began, in milliseconds since the epoch */
export function left(call: Call, began: number): Call {
  return { ...call, timeoutMs: Math.max(call.timeoutMs - (Date.now() - began), 0) };
}
