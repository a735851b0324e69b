import { AppointedError, type ErrorCode, type Failure, type RejectionScope } from '@appointed/core';
import type { FakeAnswer } from '@appointed/testkit';

/** The server says no, with a code of its own. */
export function rejected(code: string, scope: RejectionScope = 'mailbox'): FakeAnswer {
  return answer({ kind: 'rejected', scope, error: error('server_rejected', { server: { code } }) });
}

/** Not now. */
export const deferred: FakeAnswer = answer({ kind: 'deferred', error: error('server_busy') });

/** Done, but the answer was lost. */
export const lost: FakeAnswer = { stored: true, ...answer({ kind: 'unknown', error: error('connection_lost') }) };

function answer(outcome: Failure): FakeAnswer {
  return { outcome };
}

function error(code: ErrorCode, subject: ConstructorParameters<typeof AppointedError>[2] = {}): AppointedError {
  return new AppointedError(code, 'scripted', subject);
}
