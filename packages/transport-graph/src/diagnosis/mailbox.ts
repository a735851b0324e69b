import type { DiagnosisRequest, Mailbox } from '@appointed/core';
import type { MailboxSettings, User } from '@microsoft/microsoft-graph-types';
import type { Conversation } from '../conversation.js';
import { pathWith } from '../graph-request.js';
import { find } from '../verbs/find.js';
import { failureFinding, type Questioned, said } from './failure-finding.js';
import type { Finding } from './finding.js';
import { setRegion } from './power-shell.js';
import { callFor } from './site.js';

/** Nobody's: looked for to see whether one can look. */
const NO_KEY = '0'.repeat(32);

/** One mailbox: the right to its calendar, who it is, what it is for, its zone and language, and whether it can be searched. */
export async function* examineMailbox(
  mailbox: Mailbox,
  request: DiagnosisRequest,
  about: Questioned,
): AsyncGenerator<Finding> {
  const { subject, site } = about;
  const ask = (): Conversation => site.about(mailbox, callFor(request));
  const calendar = await ask().ask({ method: 'GET', path: '/calendar' }, () => true);
  if (request.signal.aborted) return;
  if (calendar.kind === 'rejected' && calendar.again !== undefined && 'primaryAddress' in calendar.again) {
    const { primaryAddress: id } = calendar.again;
    yield alias(subject, id);
    yield* examineMailbox({ ...mailbox, kind: 'upn', id }, request, about);
    return;
  }
  if (calendar.kind !== 'done') {
    yield failureFinding(calendar, about);
    return;
  }
  const names = await examineName(ask(), mailbox);
  const region = await examineSettings(ask(), about);
  const search = await examineSearch(ask(), about);
  if (request.signal.aborted) return;
  yield* names;
  yield* region.findings;
  yield* search;
  if (search.length > 0) return;
  yield { code: 'mailbox_ready', level: 'ok', subject, message: `may be written to${region.words}.` };
}

/** Whom the directory means (GET of the user). That it may not be read was said before. */
async function examineName(conversation: Conversation, { kind, id }: Mailbox): Promise<readonly Finding[]> {
  if (kind !== 'smtp') return [];
  const path = pathWith('', { $select: 'mail' });
  const user = await conversation.ask({ method: 'GET', path }, ({ json }) => json as User);
  const mail = user.kind === 'done' ? user.value.mail : undefined;
  return !mail?.includes('@') || mail.toLowerCase() === id.toLowerCase() ? [] : [alias(id, mail)];
}

function alias(subject: string, name: string): Finding {
  const message = `is another name of ${name}.`;
  const advice =
    'Name everybody in one way in lists: a person who is in a list under two names is two mailboxes to a run, unless ' +
    'preview --check finds it out.';
  return { code: 'address_is_alias', level: 'warning', subject, message, advice };
}

/** What the mailbox is for, and what its owner has chosen (GET /mailboxSettings). */
async function examineSettings(
  conversation: Conversation,
  about: Questioned,
): Promise<{ readonly words: string; readonly findings: readonly Finding[] }> {
  const { subject } = about;
  const path = pathWith('/mailboxSettings', { $select: 'timeZone,language,userPurpose' });
  const outcome = await conversation.ask({ method: 'GET', path }, ({ json }) => json as MailboxSettings);
  if (outcome.kind === 'rejected') return { words: '', findings: [unreadable(subject, said(outcome.error))] };
  if (outcome.kind !== 'done') return { words: '', findings: [failureFinding(outcome, about)] };
  const { timeZone, language, userPurpose } = outcome.value;
  const zone = timeZone ? `; its zone is ${timeZone}` : '';
  const culture = language?.locale ? `, its language ${language.locale}` : '';
  const findings = [...examinePurpose(subject, userPurpose ?? ''), ...(timeZone ? [] : [withoutZone(subject)])];
  return { words: `${zone}${culture}`, findings };
}

function examinePurpose(subject: string, purpose: string): readonly Finding[] {
  if (purpose === 'room' || purpose === 'equipment') {
    const what = purpose === 'room' ? 'a room' : 'equipment';
    const message = `is ${what}: what is written into its calendar passes by its booking policy.`;
    const advice = 'Take it out of the list, and name it in resources of the appointment: then it answers by itself.';
    return [{ code: 'mailbox_is_room', level: 'warning', subject, message, advice }];
  }
  if (purpose !== 'shared') return [];
  const message = "is a shared mailbox: what is written into its calendar is in nobody's own.";
  const advice = 'Take it out of the list, unless that is meant.';
  return [{ code: 'mailbox_is_shared', level: 'warning', subject, message, advice }];
}

function unreadable(subject: string, why: string): Finding {
  const message = `does not tell its settings: ${why}.`;
  const advice =
    'Assign Application MailboxSettings.Read to the application with its scope, or consent to MailboxSettings.Read. ' +
    "Without it, times that are meant in the owner's zone need --time-zone.";
  return { code: 'settings_unreadable', level: 'warning', subject, message, advice };
}

function withoutZone(subject: string): Finding {
  const message = 'has no time zone yet: nobody has opened it in Outlook on the web.';
  const advice = 'Give --time-zone for whole days and times without a zone, or set its region.';
  return { code: 'zone_missing', level: 'warning', subject, message, advice, commands: [setRegion(subject)] };
}

/** What is in doubt after a lost answer is looked up by the key. */
async function examineSearch(conversation: Conversation, { subject }: Questioned): Promise<readonly Finding[]> {
  const outcome = await find(conversation, [NO_KEY]);
  if (outcome.kind === 'done') return [];
  const message = `cannot be searched: ${said(outcome.error)}.`;
  const advice = 'What is in doubt after a lost answer is looked up by a search. Until it works, no run is safe.';
  return [{ code: 'search_refused', level: 'problem', subject, message, advice }];
}
