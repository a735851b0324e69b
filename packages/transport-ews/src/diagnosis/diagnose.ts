import type { Diagnosis, DiagnosisRequest } from '@appointed/core';
import { examineConnection } from './connection.js';
import { examineDenied } from './denied.js';
import { roleMissing } from './failure-finding.js';
import type { EwsDiagnosisCode } from './finding.js';
import { examineMailbox } from './mailbox.js';
import { examineRooms } from './rooms.js';
import { examineSignIn, untested } from './sign-in.js';
import type { Site } from './site.js';

/** Examines Exchange, from the cable to the calendars. What makes no sense after a finding is left out. */
export async function* diagnose(site: Site, request: DiagnosisRequest): AsyncGenerator<Diagnosis> {
  const canSignIn = yield* examineConnection(site, request);
  if (request.signal.aborted) return;
  if (!canSignIn) {
    yield untested(site.credentials.account, 'was not signed in.', 'Mend what was found above, and call again.');
    return;
  }
  const signedIn = yield* examineSignIn(site, request);
  if (signedIn === undefined) return;
  const { host } = signedIn;
  const rooms = host === undefined ? new Set<string>() : yield* examineRooms(site, request, host);
  const told: EwsDiagnosisCode[] = [];
  for (const mailbox of request.mailboxes) {
    // That the account may act for nobody is not said of each.
    if (request.signal.aborted || told.includes('role_missing')) break;
    for await (const finding of examineMailbox(site, request, mailbox, rooms)) {
      told.push(finding.code);
      yield finding;
    }
  }
  if (host === undefined && told.length > 0 && told.every((code) => code === 'rights_missing')) {
    yield roleMissing(site, `${told.length} of ${told.length} mailboxes are denied to it`);
  }
  if (request.signal.aborted) return;
  const scope = await examineDenied(site, request);
  if (!request.signal.aborted) yield scope;
}
