import type { Tone } from './output.js';

/** A part of a line. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}
