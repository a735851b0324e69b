import type { Diagnosis, DiagnosisRequest } from '@appointed/core';
import { examineConnection } from './connection.js';
import { examineDenied } from './denied.js';
import { examineMailbox } from './mailbox.js';
import { examineSignIn, NAMELESS } from './sign-in.js';
import type { Site } from './site.js';

/** Examines Exchange Online, from the cable to the calendars. What makes no sense after a finding is left out. */
export async function* diagnose(site: Site, request: DiagnosisRequest): AsyncGenerator<Diagnosis> {
  const { signal } = request;
  const canSignIn = yield* examineConnection(site, request);
  if (signal.aborted) return;
  if (!canSignIn) {
    const message = 'was not signed in.';
    const advice = 'Mend what was found above, and call again.';
    yield { code: 'sign_in_untested', level: 'skipped', subject: NAMELESS, message, advice };
    return;
  }
  const claims = yield* examineSignIn(site, request);
  if (claims === undefined) return;
  for (const mailbox of request.mailboxes) {
    for await (const finding of examineMailbox(mailbox, request, { site, claims, subject: mailbox.id })) {
      yield finding;
      // What is wrong with the application is not said of each.
      if (finding.code === 'sign_in_refused') return;
    }
    if (signal.aborted) return;
  }
  const scope = await examineDenied(site, request, claims);
  if (!signal.aborted) yield scope;
}
