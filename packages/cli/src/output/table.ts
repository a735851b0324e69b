import Table from 'cli-table3';
import type { Output } from './output.js';
import { printable } from './printable.js';

/** What cli-table3 would draw lines with. */
const SIDES = ['top', 'bottom', 'left', 'mid', 'right'];
const LINES = [...SIDES, 'top-mid', 'top-left', 'top-right', 'bottom-mid', 'bottom-left', 'bottom-right'];
const JOINTS = ['left-mid', 'mid-mid', 'right-mid'];
const BLANK = { ...Object.fromEntries([...LINES, ...JOINTS].map((name) => [name, ''])), middle: '  ' };

/** Says rows in columns that stand below each other. */
export function sayTable(output: Output, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const table = new Table({
    head: [...head],
    chars: BLANK,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) table.push(row.map((cell) => printable(cell)));
  const [first = '', ...others] = table.toString().split('\n');
  output.say(first.trimEnd(), 'quiet');
  for (const line of others) output.say(line.trimEnd());
}
