import type { Access, DiagnosisRequest, Mailbox } from '@appointed/core';
import { codeOf } from '../classify/refusal.js';
import type { Conversation } from '../conversation.js';
import { userOption } from '../decode/user-options.js';
import { getUserOptions } from '../encode/get-user-options.js';
import { check } from '../verbs/check.js';
import { examineEarlier } from './earlier-items.js';
import { failureFinding, type Questioned, said } from './failure-finding.js';
import type { Finding } from './finding.js';
import { setRegion, showRecipient } from './power-shell.js';
import { examineRoom } from './rooms.js';
import { callFor, type Site } from './site.js';

/**
 * One mailbox, as its owner: the right to act for it, who it is, its zone and language, and what earlier runs have left.
 * @param rooms the addresses of rooms, in lower case
 */
export async function* examineMailbox(
  site: Site,
  request: DiagnosisRequest,
  mailbox: Mailbox,
  rooms: ReadonlySet<string>,
): AsyncGenerator<Finding> {
  const ask = (): Conversation => site.as(mailbox, callFor(request));
  const subject = mailbox.id;
  const access = await check(ask(), mailbox);
  if (request.signal.aborted) return;
  if (access.kind !== 'done') {
    yield failureFinding(access, { site, subject });
    return;
  }
  const { kind = 'mailbox', primaryAddress = subject } = access.value;
  if (kind !== 'mailbox') {
    yield notAMailbox(subject, kind);
    return;
  }
  if (mailbox.kind === 'smtp' && primaryAddress.toLowerCase() !== subject.toLowerCase())
    yield alias(subject, primaryAddress);
  yield* examineRoom(subject, primaryAddress, rooms);
  const region = await examineRegion(ask(), { site, subject });
  const earlier = await examineEarlier(ask(), { site, subject });
  if (request.signal.aborted) return;
  const findings = [...region.findings, ...earlier];
  yield* findings;
  if (findings.every(({ level }) => level !== 'problem')) yield ready(subject, region.words);
}

function ready(subject: string, words: string): Finding {
  return { code: 'mailbox_ready', level: 'ok', subject, message: `may be acted for${words}.` };
}

/** What the owner has chosen in Outlook on the web (operation GetUserConfiguration). */
async function examineRegion(
  conversation: Conversation,
  about: Questioned,
): Promise<{ readonly words: string; readonly findings: readonly Finding[] }> {
  const outcome = await conversation.ask('GetUserConfiguration', getUserOptions());
  if (outcome.kind === 'deferred') return { words: '', findings: [failureFinding(outcome, about)] };
  if (outcome.kind !== 'done' && codeOf(outcome) !== 'ErrorItemNotFound') {
    return { words: '', findings: [withoutZone(about.subject, `does not tell its time zone: ${said(outcome.error)}`)] };
  }
  const options = outcome.kind === 'done' ? outcome.value.element : undefined;
  const zone = options && userOption(options, 'timezone');
  const culture = options && userOption(options, 'userculture');
  const words = `${zone === undefined ? '' : `; its zone is ${zone}`}${culture === undefined ? '' : `, its language ${culture}`}`;
  return { words, findings: zone === undefined ? [withoutZone(about.subject, UNOPENED)] : [] };
}

const UNOPENED = 'has no time zone yet: nobody has opened it in Outlook on the web';

function withoutZone(subject: string, what: string): Finding {
  return {
    code: 'zone_missing',
    level: 'warning',
    subject,
    message: `${what}.`,
    advice: 'Give --time-zone for whole days and times without a zone, or set its region.',
    commands: [setRegion(subject)],
  };
}

function alias(subject: string, primaryAddress: string): Finding {
  const message = `is another address of ${primaryAddress}.`;
  const advice =
    'Name the primary address in lists: a person who is in a list under two addresses is two mailboxes to a run, unless ' +
    'preview --check finds it out.';
  return { code: 'address_is_alias', level: 'warning', subject, message, advice };
}

const KINDS: Readonly<Record<Exclude<Access['kind'], 'mailbox' | undefined>, string>> = {
  group: 'a group',
  contact: 'a contact, which is somebody elsewhere',
  publicFolder: 'a public folder',
};

function notAMailbox(subject: string, kind: keyof typeof KINDS): Finding {
  return {
    code: 'not_a_mailbox',
    level: 'problem',
    subject,
    message: `is ${KINDS[kind]}, and no mailbox.`,
    advice: 'Take it out of the list; in place of a group, name its members.',
    commands: [showRecipient(subject)],
  };
}
