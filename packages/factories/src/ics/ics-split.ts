import { type AppointmentInput, AppointedError } from '@appointed/core';
import { checkAppointment } from '../content/fixed-appointment.js';
import { appointmentOf, reading } from './ics-appointment.js';
import type { IcsEventSource } from './ics-calendar.js';
import { exceptionsOf, type IcsExceptions } from './ics-exceptions.js';
import type { IcsLoss } from './ics-loss.js';
import { type IcsMatches, matchesOf } from './ics-matches.js';
import { occurrencesOf } from './ics-occurrences.js';
import { type IcsPiece, occurrenceOf, pieceOf, single } from './ics-piece.js';
import { segmentsOf } from './ics-segments.js';
import { type IcsSpan, spanOf } from './ics-span.js';
import { isRegularAt, spanAt } from './ics-span-at.js';

/** An event as the appointments that it takes. */
export interface IcsSplit {
  /** The event as one appointment, with the occurrences of its rule and no others. */
  readonly whole: AppointmentInput;
  readonly pieces: readonly IcsPiece[];
  /** What only several appointments can carry; empty where there is one. */
  readonly splitBy: readonly IcsLoss[];
  readonly leftOut: readonly IcsLoss[];
  readonly ignored: readonly string[];
}

/** Splits an event at the occurrences that are not its rule's. @throws AppointedError `invalid_options`, `unknown_time_zone` */
export function splitOf(source: IcsEventSource): IcsSplit {
  return reading(() => split(source));
}

function split(source: IcsEventSource): IcsSplit {
  const { event, zones } = source;
  const { appointment: whole, ignored, leftOut } = appointmentOf(source);
  const losses = [...leftOut];
  const named = new Set(leftOut.map(nameOf));
  const lose = (property: string, why: string): void => {
    const loss = { property, why };
    if (!named.has(nameOf(loss))) losses.push(loss);
    named.add(nameOf(loss));
  };
  const span = spanOf(event, zones);
  const exceptions = exceptionsOf(source, span, lose);
  const said = { whole, leftOut: losses, ignored };
  if (!canBeSplit(exceptions, whole)) {
    return { ...said, pieces: [{ at: occurrenceOf(event), appointment: whole }], splitBy: [] };
  }
  const matches = matchesOf(exceptions, span);
  const pieces = [
    ...regular(source, span, whole, exceptions, matches),
    ...replacing(source, exceptions, matches, lose),
    ...added(source, whole, exceptions, matches),
  ];
  const without = [...exceptions.excluded].filter((at) => matches.found.has(at) || exceptions.added.has(at));
  return {
    ...said,
    pieces,
    splitBy: pieces.length < 2 ? [] : reasonsOf(exceptions, without),
    ignored: without.length < exceptions.excluded.size ? [...ignored, 'EXDATE'].toSorted() : ignored,
  };
}

function nameOf({ property, why }: IcsLoss): string {
  return `${property}:${why}`;
}

/** What no run would take need not be split; some rules of those never come true. */
function canBeSplit({ added, excluded, replaced }: IcsExceptions, whole: AppointmentInput): boolean {
  if (added.size + excluded.size + replaced.size === 0) return false;
  try {
    checkAppointment(whole);
    return true;
  } catch (error) {
    if (AppointedError.is(error)) return false;
    throw error;
  }
}

/** What is left of the rule. */
function regular(
  source: IcsEventSource,
  span: IcsSpan,
  whole: AppointmentInput,
  { excluded, replaced }: IcsExceptions,
  matches: IcsMatches,
): readonly IcsPiece[] {
  const isGap = (wallTime: string): boolean => {
    const match = matches.find(wallTime);
    return match !== undefined && (excluded.has(match) || replaced.has(match));
  };
  const isRegular = (wallTime: string): boolean => isRegularAt(source, span, wallTime);
  const occurrences = occurrencesOf(source.event, span, whole.recurrence);
  const segments = segmentsOf(occurrences, { isGap, isRegular, lastDay: matches.lastDay });
  return segments.map((segment) => pieceOf(segment, source, span, whole));
}

/** What takes the place of occurrences, with fields of its own. */
function replacing(
  source: IcsEventSource,
  { replaced }: IcsExceptions,
  { found }: IcsMatches,
  lose: (property: string, why: string) => void,
): readonly IcsPiece[] {
  return [...replaced].map(([wallTime, override]) => {
    const { appointment, leftOut } = appointmentOf({ ...source, event: override, overrides: [] });
    for (const { property, why } of leftOut) lose(property, why);
    return { at: found.get(wallTime)?.slice(0, 10) ?? wallTime, appointment };
  });
}

/** What takes place beside the rule. */
function added(
  source: IcsEventSource,
  whole: AppointmentInput,
  { added, excluded, replaced }: IcsExceptions,
  { found }: IcsMatches,
): readonly IcsPiece[] {
  return [...added]
    .filter(([wallTime]) => ![found, excluded, replaced].some((others) => others.has(wallTime)))
    .map(([at, lengthMs]) => ({ at, appointment: single(whole, spanAt(source, at, lengthMs)) }));
}

function reasonsOf({ added, replaced }: IcsExceptions, without: readonly string[]): readonly IcsLoss[] {
  const gone = { property: 'EXDATE', why: `occurrences that do not take place: ${without.join(', ')}` };
  const more = { property: 'RDATE', why: `occurrences beside those of the rule: ${[...added.keys()].join(', ')}` };
  return [
    ...[...replaced.keys()].map((wallTime) => ({
      property: 'RECURRENCE-ID',
      why: `another appointment in place of the occurrence of ${wallTime}`,
    })),
    ...(without.length > 0 ? [gone] : []),
    ...(added.size > 0 ? [more] : []),
  ];
}
