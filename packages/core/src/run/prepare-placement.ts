import { attendeeCount } from '../appointment/appointment.js';
import { isNativeAppointment } from '../appointment/native-appointment.js';
import { parseAppointment } from '../appointment/parse-appointment.js';
import { AppointedError } from '../error/appointed-error.js';
import { causeText } from '../error/cause-text.js';
import type { Placement } from '../events/lifecycle-events.js';
import type { Claim } from '../ledger/run-ledger.js';
import { defaultSendMode, type SendMode } from '../placement/send-mode.js';
import type { SaveItem, TransportCapabilities } from '../transport/appointment-transport.js';
import { inTime } from './in-time.js';
import type { Run } from './run.js';

/** A placement whose appointment is checked and ready to be sent. */
export interface PreparedPlacement {
  readonly claim: Claim;
  readonly subject: string;
  readonly sendMode: SendMode;
  readonly item: SaveItem;
}

/**
 * Asks a slot's factory for a fresh appointment and checks it.
 * @throws AppointedError that names the mailbox
 */
export async function preparePlacement(
  run: Run,
  claim: Claim,
  placement: Placement,
  capabilities: TransportCapabilities,
): Promise<PreparedPlacement> {
  const content = checkContent(await ask(run, placement), capabilities, placement);
  const attendees = isNativeAppointment(content) ? content.attendeeCount : attendeeCount(content);
  const sendMode = run.settings.sendMode ?? defaultSendMode(attendees);
  const always = attendees === 0 && sendMode === 'none';
  if (!always && !capabilities.sendModes.includes(sendMode)) {
    throw new AppointedError('unsupported', `${run.parts.transport.name} cannot save with the send mode ${sendMode}`, {
      mailbox: placement.mailbox.id,
      field: 'sendMode',
      hint: `It can: ${capabilities.sendModes.join(', ')}.`,
    });
  }
  return { claim, subject: content.subject, sendMode, item: { key: placement.key, content } };
}

async function ask(run: Run, { mailbox, slot }: Placement): Promise<unknown> {
  const { runId } = run;
  // A Date of its own for each call: the factory may change it.
  const startedAt = new Date(run.startedAt);
  try {
    const factory = run.factoryOf(slot);
    const answer = factory.getAppointment({ mailbox, runId, slot, startedAt, signal: run.aborted });
    return isThenable(answer) ? await inTime(answer, run.settings.requestTimeoutMs, run.halted) : answer;
  } catch (cause) {
    if (run.halted.aborted && cause === run.halted.reason) throw cause;
    if (AppointedError.is(cause)) throw cause.about(mailbox.id);
    throw factoryFailed(slot, mailbox.id, cause);
  }
}

function isThenable(answer: unknown): answer is PromiseLike<unknown> {
  return typeof answer === 'object' && answer !== null && 'then' in answer;
}

function checkContent(
  answer: unknown,
  { nativeAppointments = [] }: TransportCapabilities,
  { mailbox, slot }: Placement,
): SaveItem['content'] {
  if (answer === undefined || answer === null) {
    const message = `the factory of slot ${slot} returned nothing for ${mailbox.id}`;
    throw new AppointedError('factory_returned_nothing', message, { mailbox: mailbox.id });
  }
  const content = parse(answer, slot, mailbox.id);
  if (!isNativeAppointment(content)) return content;
  if (nativeAppointments.includes(content.transport)) return content;
  const message = `the factory of slot ${slot} made a native appointment of ${content.transport}, which cannot be saved for ${mailbox.id}`;
  throw new AppointedError('unsupported', message, { mailbox: mailbox.id });
}

function parse(answer: unknown, slot: string, mailbox: string): SaveItem['content'] {
  try {
    return isNativeAppointment(answer) ? answer : parseAppointment(answer);
  } catch (error) {
    // Anything else comes from the factory's own object, e.g. from a getter.
    throw AppointedError.is(error) ? error.about(mailbox) : factoryFailed(slot, mailbox, error);
  }
}

function factoryFailed(slot: string, mailbox: string, cause: unknown): AppointedError {
  const text = causeText(cause);
  return new AppointedError('factory_failed', `the factory of slot ${slot} failed for ${mailbox}: ${text}`, {
    mailbox,
    cause,
  });
}
