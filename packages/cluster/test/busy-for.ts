import { AppointedError, type Failure } from '@appointed/core';

/** The server wants a lane to be quiet. */
export function busyFor(lane: string, ms: number): Failure {
  return { kind: 'deferred', error: new AppointedError('server_busy', 'not now'), pause: { lane, ms } };
}
