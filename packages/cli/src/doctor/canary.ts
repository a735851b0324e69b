import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Appointment,
  type AppointmentTransport,
  type Call,
  type Found,
  type Mailbox,
  type Outcome,
  parseAppointment,
  placementKey,
  type StoredItem,
} from '@appointed/core';

const HOUR_MS = 3_600_000;
/** How long it rests before what could not be removed is tried again. */
const REST_MS = 1000;
const LOCATION = 'Changed once';

/** The limits of a canary. */
export interface CanaryLimits {
  /** When it is aborted no further step is made; what there is is still removed. */
  readonly pause: AbortSignal;
  /** When it is aborted, everything is given up. */
  readonly stop: AbortSignal;
  /** For each request, in milliseconds. */
  readonly timeoutMs: number;
  /** How long what may be there is looked for, in milliseconds. */
  readonly settleMs: number;
}

/** A step that did not end as it should. */
class StepFailed extends Error {}

/**
 * One appointment that goes through everything that runs do, in one mailbox, through the transport that they use. Its key
 * is its own: what is found by it, and removed, nobody else has made.
 */
export class Canary {
  readonly subject = 'Appointed canary: may be deleted';
  readonly #transport: AppointmentTransport;
  readonly #mailbox: Mailbox;
  readonly #limits: CanaryLimits;
  readonly #key: string;
  /** May something of it be in the mailbox? */
  #isAbout = false;
  /** It was seen there, or the server has said that it stored it. */
  #wasSeen = false;

  constructor(transport: AppointmentTransport, mailbox: Mailbox, limits: CanaryLimits) {
    this.#transport = transport;
    this.#mailbox = mailbox;
    this.#limits = limits;
    this.#key = placementKey(`doctor-${randomUUID()}`, 'canary', mailbox);
  }

  /** Saves, finds, reads and changes it. @returns what went wrong */
  async roundTrip(): Promise<string | undefined> {
    try {
      const content = canaryContent(this.subject);
      await this.#save(content);
      const { itemId } = await this.#find();
      const { changeKey } = await this.#read(itemId, content);
      const update = {
        itemId,
        set: { location: LOCATION },
        clear: [],
        sendMode: 'none',
        ...(changeKey === undefined ? {} : { changeKey }),
      } as const;
      const receipt = this.#value('changed', await this.#transport.update(this.#mailbox, update, this.#call()));
      if (typeof receipt === 'string') throw new StepFailed(`not changed: ${receipt}`);
      await this.#read(receipt.itemId, { ...content, location: LOCATION });
      return undefined;
    } catch (error) {
      if (error instanceof StepFailed) return error.message;
      throw error;
    }
  }

  /** Removes it, wherever it is. @returns why it is not certain that nothing of it is left */
  async remove(): Promise<string | undefined> {
    const until = Date.now() + this.#limits.settleMs;
    while (this.#isAbout) {
      const trouble = await this.#removeOnce();
      if (trouble === undefined && this.#wasSeen) return undefined;
      if (this.#limits.stop.aborted) return 'the command was stopped';
      if (Date.now() >= until) return trouble ?? 'the answer to saving it was lost, and the server may store it still';
      await delay(Math.min(REST_MS, until - Date.now()), undefined, { signal: this.#limits.stop }).catch(
        () => undefined,
      );
    }
    return undefined;
  }

  /** @returns what kept it from being removed; undefined where nothing of it is there, or any more */
  async #removeOnce(): Promise<string | undefined> {
    const there = await this.#look();
    if (typeof there === 'string') return there;
    for (const { itemId } of there) {
      const removal = { itemId, sendMode: 'none' } as const;
      const outcome = await this.#transport.remove(this.#mailbox, removal, this.#call());
      if (outcome.kind !== 'done') return outcome.error.message;
    }
    if (there.length === 0) return undefined;
    const rest = await this.#look();
    if (typeof rest === 'string') return rest;
    return rest.length === 0 ? undefined : 'it is still there after it was removed';
  }

  /** What there is of it, apart from what was deleted. */
  async #look(): Promise<readonly Found[] | string> {
    const found = await this.#transport.find(this.#mailbox, [this.#key], this.#call());
    if (found.kind !== 'done') return found.error.message;
    if (found.value.length > 0) this.#wasSeen = true;
    return found.value.filter(({ place }) => place !== 'deleted');
  }

  async #save(content: Appointment): Promise<void> {
    const request = { mailbox: this.#mailbox, sendMode: 'none', items: [{ key: this.#key, content }] } as const;
    this.#isAbout = true;
    const [outcome] = await this.#transport.save(request, this.#call());
    if (outcome === undefined) throw new StepFailed('not saved: the transport gave no outcome');
    this.#wasSeen = outcome.kind === 'done';
    this.#isAbout = outcome.kind === 'done' || outcome.kind === 'unknown';
    this.#value('saved', outcome);
  }

  async #find(): Promise<Found> {
    const found = this.#value('found', await this.#transport.find(this.#mailbox, [this.#key], this.#call()));
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0) return only;
    throw new StepFailed(`not found by its key as it should be: ${found.length} times`);
  }

  async #read(itemId: string, wanted: Appointment): Promise<StoredItem> {
    const [item] = this.#value('read', await this.#transport.read(this.#mailbox, [itemId], this.#call()));
    if (item === undefined || item === 'gone') throw new StepFailed('not read: it was gone');
    const { subject, location, start } = item.fields;
    const isRight =
      subject === wanted.subject && location === wanted.location && start?.epochMs === wanted.start.epochMs;
    if (!isRight) throw new StepFailed('read back otherwise than it was saved');
    return item;
  }

  #value<T>(step: string, outcome: Outcome<T>): T {
    if (outcome.kind !== 'done') throw new StepFailed(`not ${step}: ${outcome.error.message}`);
    if (this.#limits.pause.aborted) throw new StepFailed('the command was interrupted');
    return outcome.value;
  }

  #call(): Call {
    const { stop: signal, timeoutMs } = this.#limits;
    return { signal, timeoutMs, sendBy: Date.now() + timeoutMs };
  }
}

/** A quarter of an hour tomorrow that takes nobody's time: shown as free, without a reminder. */
function canaryContent(subject: string): Appointment {
  const start = new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 24 * HOUR_MS);
  return parseAppointment({
    subject,
    body: 'Written by appointed doctor, which removes it again.',
    start,
    end: new Date(start.getTime() + HOUR_MS / 4),
    location: 'Nowhere',
    showAs: 'free',
    reminder: false,
  });
}
