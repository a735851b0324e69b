import type { FaultRule } from '../../src/index.js';

export type Kind = FaultRule['fault'];

/** How a field is filled in, and read. */
export type Input =
  | { readonly kind: 'text' | 'number' | 'delay' | 'list' | 'numberOrText' }
  | { readonly kind: 'choice'; readonly values: readonly string[] };

export interface FaultField {
  readonly name: string;
  readonly label: string;
  readonly input: Input;
  readonly isRequired?: true;
  /** What a beginner may keep. */
  readonly example?: string;
}

const text = { kind: 'text' } as const;
const number = { kind: 'number' } as const;
const delay = { kind: 'delay' } as const;
const list = { kind: 'list' } as const;
const choice = (...values: string[]): Input => ({ kind: 'choice', values });

const status: FaultField = { name: 'status', label: 'HTTP status', input: number };
const code: FaultField = { name: 'code', label: 'Response code', input: text };
const backOffMs: FaultField = { name: 'backOffMs', label: 'Back off, ms', input: number };
const storing: readonly FaultField[] = [
  { name: 'stored', label: 'Stored', input: choice('never', 'before', 'late') },
  { name: 'lateMs', label: 'Late by, ms', input: delay },
];

/** What only rules of a kind have. */
const own: Readonly<Record<Kind, readonly FaultField[]>> = {
  busy: [backOffMs, { name: 'as', label: 'As', input: choice('fault', 'message', 'inner') }, status, ...storing],
  error: [
    { ...code, isRequired: true, example: 'ErrorInternalServerError' },
    { name: 'message', label: 'Message', input: text },
    { name: 'as', label: 'As', input: choice('message', 'fault') },
    { name: 'part', label: 'Part of a batch', input: number },
    status,
    ...storing,
  ],
  status: [
    { ...status, isRequired: true, example: '503' },
    { name: 'retryAfter', label: 'Retry-After', input: { kind: 'numberOrText' } },
    { name: 'body', label: 'Body', input: choice('empty', 'html', 'text', 'truncatedSoap') },
    ...storing,
  ],
  reset: storing,
  close: [],
  silence: storing,
  cut: [{ name: 'at', label: 'At, 0 to 1', input: number }],
  latency: [
    { name: 'ms', label: 'By, ms', input: delay, isRequired: true, example: '500' },
    { name: 'stored', label: 'Stored', input: choice('after', 'before') },
  ],
  throttle: [
    { name: 'burst', label: 'Burst, requests', input: number, isRequired: true, example: '20' },
    { name: 'perSecond', label: 'Back in a second', input: number, isRequired: true, example: '5' },
    { name: 'maxDelayMs', label: 'Longest delay, ms', input: number },
    backOffMs,
  ],
  concurrency: [{ name: 'limit', label: 'At once', input: number, isRequired: true, example: '27' }],
  queue: [{ name: 'workers', label: 'Workers', input: number, isRequired: true, example: '4' }],
  invitationsFailed: [code],
};

/** Which requests, and how often; of every kind. */
const common: readonly FaultField[] = [
  { name: 'operation', label: 'Operation', input: list },
  { name: 'mailbox', label: 'Mailbox', input: list },
  { name: 'account', label: 'Account', input: list },
  { name: 'probability', label: 'Probability, 0 to 1', input: number },
  { name: 'times', label: 'Times', input: number },
  { name: 'after', label: 'After', input: number },
  { name: 'first', label: 'Only the first', input: number },
  { name: 'every', label: 'Every nth', input: number },
  { name: 'per', label: 'Counted per', input: choice('server', 'mailbox', 'account', 'connection') },
  { name: 'name', label: 'Name', input: text },
];

export const KINDS = Object.keys(own) as readonly Kind[];

/** In a word, for whoever chooses. */
export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  busy: 'ErrorServerBusy',
  error: 'a response code',
  status: 'an HTTP status',
  reset: 'the connection is reset',
  close: 'the connection ends after the answer',
  silence: 'no answer',
  cut: 'half an answer',
  latency: 'a delay',
  throttle: 'a budget of requests',
  concurrency: 'so many at once',
  queue: 'a line to wait in',
  invitationsFailed: 'stored, invitations not sent',
};

/** The fields of a kind: its own, and those of every kind. */
export function fieldsOf(kind: Kind): { readonly own: readonly FaultField[]; readonly common: readonly FaultField[] } {
  return { own: own[kind], common };
}
