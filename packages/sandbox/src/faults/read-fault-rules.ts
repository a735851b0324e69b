import {
  type Fields,
  type Optional,
  type Reader,
  either,
  flag,
  integer,
  isObject,
  listOf,
  number,
  object,
  oneOf,
  optional,
  word,
} from '../json/fields.js';
import { TOKEN_OPERATION } from '../entra/token-endpoint.js';
import { operations } from '../ews/operations/operations.js';
import { graphOperations } from '../graph/operations/operations.js';
import { NTLM_OPERATIONS } from '../sign-in/ntlm-operations.js';
import type { Delay, FaultRule, Match, Storing } from './fault-rule.js';

/** An hour: longer than any client waits, and far below what a timer can hold. */
const LONGEST_MS = 3_600_000;
const MANY = 1_000_000_000;

const milliseconds = number(0, LONGEST_MS);
const count = integer(1, MANY);
const share = number(0, 1);
const status = integer(200, 599);
const patterns: Reader<string | readonly string[]> = either((value) => Array.isArray(value), listOf(word), word);

/** A rule for an operation that is not served would never strike. */
const operation = oneOf(...operations.keys(), ...graphOperations.keys(), TOKEN_OPERATION, ...NTLM_OPERATIONS);

const range = object<{ min: number; max: number }>({ min: milliseconds, max: milliseconds });
const normal = object<{ mean: number; deviation: number }>({ mean: milliseconds, deviation: milliseconds });
const lognormal = object<{ median: number; sigma: number }>({ median: milliseconds, sigma: number(0, 10) });

const delay: Reader<Delay> = (value, where) => {
  if (!isObject(value)) return milliseconds(value, where);
  if ('mean' in value) return normal(value, where);
  if ('median' in value) return lognormal(value, where);
  const { min, max } = range(value, where);
  if (min > max) throw new TypeError(`${where}: min must not be more than max`);
  return { min, max };
};

const match: Fields<Match> = {
  name: optional(word),
  operation: optional(either((value) => Array.isArray(value), listOf(operation), operation)),
  mailbox: optional(patterns),
  account: optional(patterns),
  per: optional(oneOf('server', 'mailbox', 'account', 'connection')),
  after: optional(integer(0, MANY)),
  first: optional(count),
  every: optional(count),
  times: optional(count),
  probability: optional(share),
  off: optional(flag),
};

const storing: Fields<Storing> = { stored: optional(oneOf('never', 'before', 'late')), lateMs: optional(delay) };

type Kind = FaultRule['fault'];
type RuleOf<K extends Kind> = Extract<FaultRule, { fault: K }>;

const code: Reader<string> = (value, where) => {
  if (!/^Error[A-Za-z0-9]+$/.test(word(value, where))) {
    throw new TypeError(
      `${where}: must be a response code: "Error" and a name of letters and digits, such as "ErrorInternalServerError"`,
    );
  }
  return word(value, where);
};
const backOffMs: Optional<number> = optional(integer(0, LONGEST_MS));
const retryAfter = either((value) => typeof value === 'number', number(0, 86_400), word);

const readers: { readonly [K in Kind]: Reader<RuleOf<K>> } = {
  busy: object<RuleOf<'busy'>>({
    ...match,
    ...storing,
    fault: oneOf('busy'),
    backOffMs,
    as: optional(oneOf('fault', 'message', 'inner')),
    status: optional(status),
  }),
  error: object<RuleOf<'error'>>({
    ...match,
    ...storing,
    fault: oneOf('error'),
    code,
    message: optional(word),
    as: optional(oneOf('fault', 'message')),
    part: optional(count),
    status: optional(status),
  }),
  status: object<RuleOf<'status'>>({
    ...match,
    ...storing,
    fault: oneOf('status'),
    status,
    retryAfter: optional(retryAfter),
    body: optional(oneOf('empty', 'html', 'text', 'truncatedSoap')),
  }),
  reset: object<RuleOf<'reset'>>({ ...match, ...storing, fault: oneOf('reset') }),
  close: object<RuleOf<'close'>>({ ...match, fault: oneOf('close') }),
  silence: object<RuleOf<'silence'>>({ ...match, ...storing, fault: oneOf('silence') }),
  cut: object<RuleOf<'cut'>>({ ...match, fault: oneOf('cut'), at: optional(share) }),
  latency: object<RuleOf<'latency'>>({
    ...match,
    fault: oneOf('latency'),
    ms: delay,
    stored: optional(oneOf('before', 'after')),
  }),
  throttle: object<RuleOf<'throttle'>>({
    ...match,
    fault: oneOf('throttle'),
    burst: count,
    perSecond: number(0.001, MANY),
    maxDelayMs: optional(milliseconds),
    backOffMs,
  }),
  concurrency: object<RuleOf<'concurrency'>>({ ...match, fault: oneOf('concurrency'), limit: count }),
  queue: object<RuleOf<'queue'>>({ ...match, fault: oneOf('queue'), workers: count }),
  invitationsFailed: object<RuleOf<'invitationsFailed'>>({
    ...match,
    fault: oneOf('invitationsFailed'),
    code: optional(code),
  }),
};

/** Checks one rule. @throws TypeError that names the field */
export const readFaultRule: Reader<FaultRule> = (value, where) => {
  const kind = isObject(value) ? value['fault'] : undefined;
  if (typeof kind !== 'string' || !Object.hasOwn(readers, kind)) {
    throw new TypeError(`${where}.fault: must be one of ${Object.keys(readers).join(', ')}`);
  }
  return readers[kind as Kind](value, where);
};

/** Checks a list of rules. @throws TypeError that names the rule and the field: `faults[2].lateMs: …` */
export function readFaultRules(value: unknown): readonly FaultRule[] {
  return listOf(readFaultRule)(value, 'faults');
}
