import type { Appointment } from '../appointment/appointment.js';
import { isNativeAppointment, type NativeAppointment } from '../appointment/native-appointment.js';
import { parseAppointment, type ParseContext } from '../appointment/parse-appointment.js';
import { AppointedError } from '../error/appointed-error.js';
import { causeText } from '../error/cause-text.js';
import type { Placement } from '../events/lifecycle-events.js';
import { NOTHING } from '../factory/nothing.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { inTime } from '../pipeline/in-time.js';
import type { Run } from '../pipeline/run.js';

const NO_CONTEXT: ParseContext = {};

/** For whom a factory is asked, and in which slot. */
export type FactoryPlace = Pick<Placement, 'mailbox' | 'slot'>;

/** What a factory has made, checked. */
export type Content = Appointment | NativeAppointment;

/**
 * Asks a slot's factory for a fresh appointment, and checks it. At once where the factory answers at once.
 * @throws AppointedError that names the mailbox: `not_wanted` where the factory makes nothing for it
 */
export function askFactory(run: Run, place: FactoryPlace): Content | Promise<Content> {
  const answer = ask(run, place);
  return answer instanceof Promise
    ? answer.then(
        (value: unknown) => contentOf(run, place, value),
        (cause: unknown) => failed(run, place, cause),
      )
    : contentOf(run, place, answer);
}

function ask(run: Run, place: FactoryPlace): unknown {
  const { mailbox, slot } = place;
  const { runId } = run;
  // A Date of its own for each call: the factory may change it.
  const startedAt = new Date(run.manifest.startedAt);
  try {
    const factory = run.factoryOf(slot);
    const answer = factory.getAppointment({ mailbox, runId, slot, startedAt, signal: run.aborted });
    return isThenable(answer) ? inTime(answer, run.settings.requestTimeoutMs, run.halted) : answer;
  } catch (cause) {
    return failed(run, place, cause);
  }
}

function contentOf(run: Run, place: FactoryPlace, answer: unknown): Content {
  const { mailbox, slot } = place;
  if (answer === NOTHING) throw notWanted(place);
  if (answer === undefined || answer === null) {
    const message = `the factory of slot ${slot} returned nothing for ${mailbox.id}`;
    throw new AppointedError('factory_returned_nothing', message, { mailbox: mailbox.id });
  }
  try {
    return isNativeAppointment(answer) ? answer : parseAppointment(answer, contextOf(run, mailbox));
  } catch (error) {
    // Anything else comes from the factory's own object, e.g. from a getter.
    throw AppointedError.is(error) ? error.about(mailbox.id) : factoryFailed(slot, mailbox.id, error);
  }
}

function failed(run: Run, { mailbox, slot }: FactoryPlace, cause: unknown): never {
  if (run.halted.aborted && cause === run.halted.reason) throw cause;
  if (AppointedError.is(cause)) throw cause.about(mailbox.id);
  throw factoryFailed(slot, mailbox.id, cause);
}

function notWanted({ mailbox: { id }, slot }: FactoryPlace): AppointedError {
  return new AppointedError('not_wanted', `${id}: the factory of slot ${slot} makes nothing for it`, { mailbox: id });
}

function contextOf({ settings: { fallbackTimeZone } }: Run, { attributes: { language } }: Mailbox): ParseContext {
  if (language === undefined && fallbackTimeZone === undefined) return NO_CONTEXT;
  return { ...(language !== undefined && { language }), ...(fallbackTimeZone !== undefined && { fallbackTimeZone }) };
}

function isThenable(answer: unknown): answer is PromiseLike<unknown> {
  return typeof answer === 'object' && answer !== null && 'then' in answer;
}

function factoryFailed(slot: string, mailbox: string, cause: unknown): AppointedError {
  const text = causeText(cause);
  return new AppointedError('factory_failed', `the factory of slot ${slot} failed for ${mailbox}: ${text}`, {
    mailbox,
    cause,
  });
}
