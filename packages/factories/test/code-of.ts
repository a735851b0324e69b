import { AppointedError } from '@appointed/core';

/** Code and field of the error that something ends with, or that it ends without one. */
export async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return AppointedError.is(error) ? [error.code, error.field ?? ''].join(' ').trim() : String(error);
  }
  return 'no error';
}
