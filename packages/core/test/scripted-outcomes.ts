import { AppointedError, type ErrorCode, type Failure, type RejectionScope } from '@appointed/core';
import type { FakeAnswer, FakeScript } from '@appointed/testkit';

/** The server says no, with a code of its own. */
export function rejected(code: string, scope: RejectionScope = 'mailbox'): FakeAnswer {
  return answer({ kind: 'rejected', scope, error: error('server_rejected', { server: { code } }) });
}

/** Not now. */
export const deferred: FakeAnswer = answer({ kind: 'deferred', error: error('server_busy') });

/** What was saved cannot be looked up: the answers of the saves, one after the other, and none for a look-up. */
export function blind(saves: readonly FakeAnswer[]): FakeScript {
  const answers = saves.values();
  return ({ verb }) => (verb === 'find' ? unseen : answers.next().value);
}

/** Done, but the answer was lost. */
export const lost: FakeAnswer = { stored: true, ...answer({ kind: 'unknown', error: error('connection_lost') }) };

/** Perhaps done; the answer was lost. */
export const unseen: FakeAnswer = answer({ kind: 'unknown', error: error('timed_out') });

function answer(outcome: Failure): FakeAnswer {
  return { outcome };
}

function error(code: ErrorCode, subject: ConstructorParameters<typeof AppointedError>[2] = {}): AppointedError {
  return new AppointedError(code, 'scripted', subject);
}
