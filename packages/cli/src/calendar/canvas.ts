import stringWidth from 'string-width';
import type { Tone } from '../output/output.js';
import type { Span } from '../output/span.js';

interface Cell {
  readonly text: string;
  readonly tone: Tone;
}

const BLANK: Cell = { text: ' ', tone: 'plain' };
const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A rectangle of terminal columns and lines that is drawn into; what lies outside of it is cut off. */
export class Canvas {
  readonly #width: number;
  readonly #rows: Cell[][];

  constructor(width: number, height: number) {
    this.#width = width;
    this.#rows = Array.from({ length: height }, () => Array.from({ length: width }, () => BLANK));
  }

  /** @returns did all of it fit into so many columns? */
  draw(x: number, y: number, text: string, tone: Tone, columns: number = this.#width): boolean {
    const row = this.#rows[y];
    const end = Math.min(x + columns, this.#width);
    let at = x;
    for (const { segment } of letters.segment(text)) {
      const width = stringWidth(segment);
      if (at + width > end || row === undefined) return false;
      if (width === 0) continue;
      row[at] = { text: segment, tone };
      // The second half of a wide letter.
      if (width === 2) row[at + 1] = { text: '', tone };
      at += width;
    }
    return true;
  }

  /** Its lines, without the blanks at their ends. */
  lines(): readonly (readonly Span[])[] {
    return this.#rows.map((row) => {
      const spans: { text: string; tone: Tone }[] = [];
      for (const { text, tone } of row.slice(0, lengthOf(row))) {
        const last = spans.at(-1);
        if (last !== undefined && last.tone === tone) last.text += text;
        else spans.push({ text, tone });
      }
      return spans;
    });
  }
}

function lengthOf(row: readonly Cell[]): number {
  return row.findLastIndex(({ text }) => text !== ' ') + 1;
}
