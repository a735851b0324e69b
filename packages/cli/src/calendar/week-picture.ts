import type { Temporal } from 'temporal-polyfill';
import wrapAnsi from 'wrap-ansi';
import type { Tone } from '../output/output.js';
import type { Span } from '../output/span.js';
import { type DayBlock, dayBlocks, type DayRows, type WholeDays, wholeDays } from './blocks.js';
import { Canvas } from './canvas.js';
import { type InLane, inLanes } from './in-lanes.js';
import type { Occurrence } from './occurrence.js';
import { WEEKDAYS, wordsOf } from './occurrence-line.js';

/** The times of the day stand before the days. */
const LEFT = 6;
const BAR = '▌';

/** A week as a terminal shows it; without its Saturday and Sunday where nothing is on them. */
export class WeekPicture {
  /** Of which it does not show all words, or the exact times. */
  readonly cut: ReadonlySet<Occurrence>;
  readonly #cut = new Set<Occurrence>();
  readonly #monday: Temporal.PlainDate;
  readonly #days: number;
  /** Of one day, in columns. */
  readonly #width: number;
  /** The line at which the hours begin. */
  readonly #top: number;
  readonly #canvas: Canvas;

  /** @param columns how wide it may be */
  constructor(monday: Temporal.PlainDate, occurrences: readonly Occurrence[], columns: number) {
    const bars = inLanes(wholeDays(monday, occurrences));
    const rows = dayBlocks(monday, occurrences);
    const last = Math.max(...bars.map(({ stretch }) => stretch.until - 1), ...rows.blocks.map(({ day }) => day));
    this.cut = this.#cut;
    this.#monday = monday;
    this.#days = last > 4 ? 7 : 5;
    this.#width = Math.floor((columns - LEFT - (this.#days - 1)) / this.#days);
    this.#top = 1 + Math.max(0, ...bars.map(({ lane }) => lane + 1));
    this.#canvas = new Canvas(this.#xOf(this.#days) - 1, this.#top + rows.hours.length);
    this.#drawGrid(rows);
    for (const bar of bars) this.#drawBar(bar);
    for (let day = 0; day < this.#days; day += 1) {
      for (const block of inLanes(rows.blocks.filter((one) => one.day === day))) this.#drawBlock(block);
    }
  }

  get lines(): readonly (readonly Span[])[] {
    return this.#canvas.lines();
  }

  #xOf(day: number): number {
    return LEFT + day * (this.#width + 1);
  }

  #drawGrid({ hours }: DayRows): void {
    for (let day = 0; day < this.#days; day += 1) {
      this.#canvas.draw(this.#xOf(day), 0, `${WEEKDAYS[day]} ${this.#monday.add({ days: day }).day}`, 'quiet');
      if (day === 0) continue;
      for (let y = 1; y < this.#top + hours.length; y += 1) this.#canvas.draw(this.#xOf(day) - 1, y, '│', 'quiet');
    }
    for (const [row, hour] of hours.entries()) this.#canvas.draw(0, this.#top + row, hour, 'quiet');
  }

  #drawBar({ stretch, lane }: InLane<WholeDays>): void {
    const { from, until, occurrence, isBegun, goesOn } = stretch;
    const x = this.#xOf(from);
    const end = this.#xOf(until) - 1;
    const y = 1 + lane;
    const tone = toneOf(occurrence);
    const words = wordsOf(occurrence);
    this.#canvas.draw(x, y, BAR + '─'.repeat(end - x - 1), tone);
    if (!this.#canvas.draw(x + 1, y, words, tone, end - x - 1)) {
      this.#canvas.draw(end - 1, y, '…', tone);
      this.#cut.add(occurrence);
    }
    if (isBegun) this.#canvas.draw(x, y, '◂', tone);
    if (goesOn) this.#canvas.draw(end - 1, y, '▸', tone);
  }

  #drawBlock({ stretch, lane, lanes }: InLane<DayBlock>): void {
    const { day, from, until, isExact, occurrence } = stretch;
    const { title, place } = occurrence;
    const room = Math.floor(this.#width / lanes);
    const x = this.#xOf(day) + lane * room;
    const tone = toneOf(occurrence);
    const lines = linesOf([title, place], room - 1);
    const isCut = lines.length > until - from;
    for (let row = from; row < until; row += 1) {
      const line = lines[row - from] ?? '';
      const isLast = isCut && row === until - 1;
      this.#canvas.draw(x, this.#top + row, BAR.padEnd(room), tone, room);
      this.#canvas.draw(x + 1, this.#top + row, line, tone, room - (isLast ? 2 : 1));
      if (isLast && room > 1) this.#canvas.draw(x + room - 1, this.#top + row, '…', tone);
    }
    if (isCut || !isExact) this.#cut.add(occurrence);
  }
}

/** Texts as lines of so many columns; as one line where there is no room for any. */
function linesOf(texts: readonly string[], columns: number): readonly string[] {
  const some = texts.filter((text) => text !== '');
  if (columns < 1) return [...some, ''];
  return some.flatMap((text) => wrapAnsi(text, columns, { hard: true }).split('\n'));
}

/** What people are invited to stands out. */
function toneOf({ isMeeting }: Occurrence): Tone {
  return isMeeting ? 'doubtful' : 'good';
}
