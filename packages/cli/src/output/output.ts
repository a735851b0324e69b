import { styleText } from 'node:util';
import type { ProgressDisplay } from './progress-display.js';
import { printable } from './printable.js';
import type { RecordType } from './record-types.js';
import { withoutSecrets } from './secrets.js';
import type { Span } from './span.js';

/** What a line says of what it tells; a terminal shows it by its colour. */
export type Tone = 'plain' | 'good' | 'bad' | 'doubtful' | 'quiet';

const COLOURS = { good: 'green', bad: 'red', doubtful: 'yellow', quiet: 'gray' } as const;

/** How the command speaks. */
export interface OutputOptions {
  /** JSON lines on the standard output, for programs, in place of text for people. */
  readonly json: boolean;
  /** Stacks of errors. */
  readonly debug: boolean;
}

/** The one way to the standard output and the standard error: nothing unprintable and no secret passes. */
export class Output {
  readonly isJson: boolean;
  readonly showsStacks: boolean;
  /** Drawn below the lines while something goes on. */
  display: ProgressDisplay | undefined;

  constructor({ json, debug }: OutputOptions) {
    this.isJson = json;
    this.showsStacks = debug;
  }

  /** Is a person watching? */
  get isWatched(): boolean {
    return !this.isJson && process.stderr.isTTY === true;
  }

  /** One line of what was asked for, on the standard output. With `--json` nothing. */
  say(text: string, tone: Tone = 'plain'): void {
    if (!this.isJson) this.#write(process.stdout, shown(text, tone, process.stdout));
  }

  /** One line of what was asked for, of parts with tones of their own. */
  sayInTones(spans: readonly Span[]): void {
    if (this.isJson) return;
    this.#write(process.stdout, spans.map(({ text, tone }) => shown(text, tone, process.stdout)).join(''));
  }

  /** One line about what goes on, on the standard error. */
  note(text: string, tone: Tone = 'plain'): void {
    this.#write(process.stderr, shown(text, tone, process.stderr));
  }

  /** One record, with `--json`; otherwise nothing. */
  record(type: RecordType, fields: Readonly<Record<string, unknown>> | object): void {
    // Escaped by JSON, except for what only a terminal minds.
    if (this.isJson) this.#write(process.stdout, printable(withoutSecrets(JSON.stringify({ type, ...fields }))));
  }

  #write(stream: NodeJS.WriteStream, line: string): void {
    this.display?.hide();
    stream.write(`${line}\n`);
    this.display?.show();
  }
}

function shown(text: string, tone: Tone, stream: NodeJS.WriteStream): string {
  const clean = printable(withoutSecrets(text));
  return tone === 'plain' || !isColoured(stream) ? clean : styleText(COLOURS[tone], clean);
}

/** See no-color.org: any value but the empty one. */
function isColoured(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR = '', TERM } = process.env;
  return NO_COLOR === '' && stream.isTTY === true && TERM !== 'dumb';
}
