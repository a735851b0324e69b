import type { MailboxKind } from '@appointed/core';

export const LIST_FORMATS = ['csv', 'tsv', 'jsonl', 'list'] as const;
/** How a list is written down. */
export type ListFormat = (typeof LIST_FORMATS)[number];

export const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le'] as const;
/** How its characters are written down. */
export type Encoding = (typeof ENCODINGS)[number];

/** How a list of mailboxes is to be read; what is left out is guessed. */
export interface ListOptions {
  /** The path of a file, or `-` for the standard input. */
  readonly source: string;
  readonly format?: ListFormat;
  readonly encoding?: Encoding;
  /** The column that names the mailbox. */
  readonly column?: string;
  /** What that column holds. */
  readonly kind?: MailboxKind;
}
