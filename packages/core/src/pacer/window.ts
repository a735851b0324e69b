import type { PaceReason } from './pace-change.js';
import type { Feedback } from './pacer.js';
import { Refusals } from './refusals.js';
import { WindowTrial } from './window-trial.js';

/** So few requests are in flight at first, and again after the lane was quiet. */
const FIRST_SIZE = 2;

/** So many requests must go well with as many in flight as are known to be good, before one more is tried. */
const LEAST_PATIENCE = 100;

/** Where one more is refused again and again, one request in so many is; or one in so many round trips, if that is less. */
const MOST_PATIENCE = 200;
const PATIENT_ROUND_TRIPS = 10;

/** What is left of what seemed to go well, when it did not for long. */
const LESS_KNOWN = 7 / 8;

/** One request that has ended, as a window sees it. */
export interface Ended {
  readonly went: Feedback['went'] | undefined;
  readonly latencyMs: number;
  /** Requests are numbered in the order of sending. */
  readonly number: number;
  /** How many were in flight when it was sent, itself included. */
  readonly place: number;
  /** When the quiet that the server asked for ends; in the pacer's milliseconds. */
  readonly quietUntil: number | undefined;
}

/** What a window has decided. */
export interface Decision {
  readonly reason: PaceReason;
  /** Several mailboxes were told to wait: all should. */
  readonly quietUntil?: number | undefined;
  /** It cannot be smaller, and still much is refused. */
  readonly isExhausted?: boolean;
}

/**
 * How many requests may be in flight on a lane, found out from how they go. It grows by trials until something is refused,
 * or until more in flight gets no more done. When much is refused it halves, climbs back to just below where that was,
 * stays there, and tries one more now and then. It knows neither time nor lane.
 */
export class Window {
  readonly #most: number;
  readonly #refusals = new Refusals();
  #size: number;
  /** So many in flight went well, or should, going by where others were refused. The window climbs back to it. */
  #known = 1;
  /** So many went well for certain: what is known is not lowered further by refusals that come late. */
  #certain = 1;
  /** What was known before refusals wore it down. */
  #peak = 1;
  #trial: WindowTrial | undefined;
  #patience = LEAST_PATIENCE;
  /** The number of the first request that says something about the size now. */
  #since = 0;
  #isReached = false;
  /** Answers that went well at this size, and those of them whose latency counts. */
  #wells = 0;
  #measured = 0;
  #latencies = 0;

  /** @param most it never grows beyond that; at least 1 */
  constructor(most: number) {
    this.#most = most;
    this.#size = Math.min(FIRST_SIZE, most);
    if (this.#size > this.#known) this.#trial = new WindowTrial(this.#size);
  }

  /** The most requests in flight now. */
  get size(): number {
    return this.#size;
  }

  /**
   * Learns from a request.
   * @param next the number of the next request
   * @returns what has changed, if anything has
   */
  ended(request: Ended, next: number): Decision | undefined {
    const { went, number, place } = request;
    if (number < this.#since) return went === 'busy' ? this.#correct(place) : undefined;
    if (place >= this.#size) this.#isReached = true;
    if (went === undefined) return undefined;
    if (went === 'well') return this.#well(request.latencyMs, next);
    const isSlowStart = this.#trial?.isSlowStart ?? true;
    return isSlowStart ? this.#setback(request, next) : this.#takeBack(request, next);
  }

  /** The lane is to be quiet, and begins with few afterwards. */
  restart(next: number): void {
    this.#trial = undefined;
    this.#become(Math.min(FIRST_SIZE, this.#known), next);
  }

  #well(latencyMs: number, next: number): Decision | undefined {
    this.#refusals.well();
    if (this.#size < this.#known) return this.#climb(next);
    this.#wells += 1;
    // In a trial the first do not wait yet for as many as those that are sent after them.
    const needed = this.#trial?.answersNeeded(this.#size) ?? 0;
    if (2 * this.#wells > needed) {
      this.#measured += 1;
      this.#latencies += latencyMs;
    }
    if (!this.#isReached || this.#wells < needed) return undefined;
    if (this.#trial !== undefined) return this.#judge(this.#trial, next);
    if (this.#size >= this.#most || this.#wells < this.#patience) return undefined;
    this.#trial = new WindowTrial(this.#known, this.#latencies / this.#measured);
    return this.#grow(this.#trial, next);
  }

  /** One for each that went well: it doubles in a round trip. */
  #climb(next: number): Decision | undefined {
    this.#size += 1;
    if (this.#size < this.#known) return undefined;
    this.#become(this.#known, next);
    return { reason: 'recovered' };
  }

  #grow(trial: WindowTrial, next: number): Decision {
    this.#become(Math.min(this.#known + trial.step, this.#most), next);
    return { reason: 'grew' };
  }

  #judge(trial: WindowTrial, next: number): Decision | undefined {
    const worth = trial.judge(this.#size, this.#latencies / this.#measured, this.#measured);
    if (worth === undefined) {
      this.#become(this.#size, next);
      return undefined;
    }
    const isWorthIt = worth === this.#size;
    this.#know(worth, worth);
    if (isWorthIt && worth < this.#most) return this.#grow(trial, next);
    this.#trial = undefined;
    this.#become(worth, next);
    if (isWorthIt) return undefined;
    // The machine or the network may have been slow for a moment, and trying again refuses nobody.
    if (!trial.isProbe) this.#patience = Math.min(LEAST_PATIENCE, PATIENT_ROUND_TRIPS * worth);
    return { reason: 'slow' };
  }

  /** Somewhat more was tried than is known to be good: no harm is done. */
  #takeBack({ went, place }: Ended, next: number): Decision {
    this.#trial = undefined;
    this.#beMorePatient();
    if (went === 'busy') this.#know(Math.max(this.#known, Math.min(place - 1, this.#size)), this.#known);
    this.#become(this.#known, next);
    return { reason: went === 'busy' ? 'busy' : 'failed' };
  }

  /** Something is refused of what went well before, or at the very beginning. */
  #setback({ went, place, quietUntil }: Ended, next: number): Decision | undefined {
    const verdict = this.#refusals.add(this.#size, { place, quietUntil });
    if (verdict === 'few') return undefined;
    const { lowestPlace, quietUntil: allQuietUntil } = this.#refusals;
    this.#refusals.clear();
    const isProven = this.#trial !== undefined || this.#wells >= this.#patience;
    this.#trial = undefined;
    const isBusy = went === 'busy';
    if (verdict === 'lasting') return isBusy ? this.#wearDown(next) : this.#stay('failed', next);
    const isExhausted = this.#size === 1;
    // Not less than half of it: perhaps it is not about how many are in flight.
    const least = half(this.#size);
    // Refused again soon after it has climbed back, it must not climb back to almost the same again and again.
    const bearable = isProven ? lowestPlace - 1 : Math.min(lowestPlace - 1, Math.floor(this.#known * LESS_KNOWN));
    if (isBusy) this.#know(Math.max(least, bearable), least);
    if (isProven) this.#patience = LEAST_PATIENCE;
    else this.#beMorePatient();
    this.#become(least, next);
    return { reason: isBusy ? 'busy' : 'failed', quietUntil: allQuietUntil, isExhausted };
  }

  /** No more than is known to be good, and no less. */
  #stay(reason: PaceReason, next: number): Decision | undefined {
    const isMore = this.#size > this.#known;
    this.#become(Math.min(this.#size, this.#known), next);
    return isMore ? { reason } : undefined;
  }

  /** One less; not endlessly, for what does not get better by it has another cause. */
  #wearDown(next: number): Decision | undefined {
    if (this.#known <= half(this.#peak)) return this.#stay('busy', next);
    if (this.#size <= this.#known) this.#known -= 1;
    this.#beMorePatient();
    this.#become(Math.min(this.#size, this.#known), next);
    return { reason: 'busy' };
  }

  /** Refused late, of what was sent before the last decision: the lowest place of them counts. */
  #correct(place: number): undefined {
    if (this.#trial !== undefined) return;
    this.#known = Math.max(this.#certain, Math.min(place - 1, this.#known));
    this.#size = Math.min(this.#size, this.#known);
  }

  #know(known: number, certain: number): void {
    this.#known = known;
    this.#certain = certain;
    this.#peak = known;
  }

  #become(size: number, next: number): void {
    this.#size = Math.min(size, this.#known + (this.#trial?.step ?? 0));
    this.#since = next;
    this.#isReached = false;
    this.#wells = 0;
    this.#measured = 0;
    this.#latencies = 0;
  }

  #beMorePatient(): void {
    const most = Math.max(MOST_PATIENCE, PATIENT_ROUND_TRIPS * this.#known);
    this.#patience = Math.min(2 * this.#patience, most);
  }
}

function half(size: number): number {
  return Math.max(1, Math.floor(size / 2));
}
