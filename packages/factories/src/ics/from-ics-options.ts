import type { IcsSource } from './ics-source.js';

/** Which event is placed. */
export type FromIcsOptions = IcsSource & {
  /** Of the event, where there are several. */
  readonly uid?: string;
  /** What happens where something cannot be carried: by default the event is refused, and the error names all of it. */
  readonly leaveOut?: 'refuse' | 'accept';
};
