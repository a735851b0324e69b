import { AppointedError } from '@appointed/core';

/** Does something with one of many events, which an error then names. @throws AppointedError */
export function aboutEvent<T>(uid: string, subject: unknown, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!AppointedError.is(error)) throw error;
    const said = error.message.slice(error.code.length + 3);
    throw new AppointedError(error.code, `${uid} (${String(subject)}): ${said}`, { ...error, cause: error });
  }
}
