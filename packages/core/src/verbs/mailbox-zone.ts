import type { Appointment } from '../appointment/appointment.js';
import { inMailboxZone, isFloating } from '../appointment/in-mailbox-zone.js';
import { isNativeAppointment, type NativeAppointment } from '../appointment/native-appointment.js';
import { isZone } from '../appointment/zone.js';
import type { Claim } from '../ledger/run-ledger.js';
import { inquire } from '../pipeline/request.js';
import type { Run } from '../pipeline/run.js';
import { cutOff, setBack } from '../pipeline/settle.js';
import type { Route } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import { notSent } from './not-sent.js';

/** The zone that one mailbox's owner has chosen: looked up when it is first needed, and once in the mailbox's turn. */
export class MailboxZone {
  readonly #run: Run;
  readonly #route: Route;
  #answer: Promise<Outcome<string | undefined> | undefined> | undefined;

  constructor(run: Run, route: Route) {
    this.#run = run;
    this.#route = route;
  }

  /**
   * Puts an appointment that is meant in the mailbox's own zone into it.
   * @returns undefined when that was not possible; the claim is settled or set back then
   */
  async settle<C extends Appointment | NativeAppointment>(
    claim: Claim,
    content: C,
  ): Promise<C | Appointment | undefined> {
    if (isNativeAppointment(content) || !isFloating(content)) return content;
    this.#answer ??= this.#look(claim);
    const answer = await this.#answer;
    if (answer?.kind === 'done') return this.#place(claim, content, answer.value);
    if (answer === undefined) await cutOff(this.#run, claim);
    else {
      const failure = answer.kind === 'unknown' ? ({ kind: 'deferred', error: answer.error } as const) : answer;
      await setBack(this.#run, claim, { failure, tried: true });
    }
    return undefined;
  }

  async #place(claim: Claim, content: Appointment, zone: string | undefined): Promise<Appointment | undefined> {
    try {
      // One that somebody has made up for this mailbox is none that others know.
      return inMailboxZone(content, zone !== undefined && isZone(zone) ? zone : undefined);
    } catch (error) {
      await notSent(this.#run, claim, error);
      return undefined;
    }
  }

  async #look(claim: Claim): Promise<Outcome<string | undefined> | undefined> {
    const answers = await inquire(this.#run, this.#route, [claim], async (mailbox, call) => [
      await this.#run.parts.transport.zone(mailbox, call),
    ]);
    return answers?.[0];
  }
}
