import type { Appointment, Recurrence } from '@appointed/core';
import { Temporal } from 'temporal-polyfill';
import wrapAnsi from 'wrap-ansi';
import type { Output } from '../output/output.js';
import { printable } from '../output/printable.js';
import type { PlannedItem } from '../preview/content-recorder.js';
import type { Occurrence } from './occurrence.js';
import { clock, occurrenceLine, wordsOf } from './occurrence-line.js';
import { firstOccurrence, occurrencesBetween } from './occurrences.js';
import { type SameTimes, sameTimes } from './same-times.js';
import { WeekPicture } from './week-picture.js';
import { weeksOf } from './week.js';

/** On a narrower terminal there are lines only. */
const NARROWEST = 60;
const WIDEST = 120;
/** Where nobody says how wide it is. */
const USUAL = 80;
/** Of more weeks there are lines only. */
const MOST_WEEKS = 4;

/** Says what mailboxes would get, as pictures of the weeks in which it begins. */
export async function sayCalendar(output: Output, items: readonly PlannedItem[]): Promise<void> {
  const columns = Math.min(process.stdout.columns ?? USUAL, WIDEST);
  for (const group of sameTimes(items)) await sayGroup(output, group, columns);
}

async function sayGroup(output: Output, { first, same, others }: SameTimes, columns: number): Promise<void> {
  const { appointments } = first;
  const [{ start }] = appointments as readonly [Appointment];
  const timeZone = start.zone.iana;
  const zone = start.floating === undefined ? timeZone : `the mailbox's own zone, or ${timeZone}`;
  const say = (text: string, indent = ''): void => sayWrapped(output, text, columns, indent);
  say(`${same.join(', ')}: in ${zone}`);
  const firsts = appointments.map((one) => firstOccurrence(one, timeZone));
  const weeks = columns < NARROWEST ? [] : mondaysOf(firsts).slice(0, MOST_WEEKS);
  for (const monday of weeks) {
    output.say('');
    const cut = await sayWeek(output, appointments, { monday, timeZone, columns });
    for (const occurrence of cut) say(occurrenceLine(occurrence), '  ');
  }
  output.say('');
  const pictured = new Set(weeks.map(String));
  const left = firsts.filter((one) => !weeksOf(one).some((monday) => pictured.has(monday.toString())));
  for (const occurrence of left) say(occurrenceLine(occurrence), '  ');
  for (const { subject, recurrence } of appointments) {
    if (recurrence !== undefined) say(`${printable(subject)} recurs ${lasts(recurrence)}.`, '  ');
  }
  if (others.length > 0) say('At the same times, in other words:');
  for (const { mailbox, appointments: theirs } of others) {
    say(`${mailbox}  ${theirs.map((one) => wordsOf(firstOccurrence(one, timeZone))).join(', ')}`, '  ');
  }
}

/** @returns what its picture does not tell all of */
async function sayWeek(
  output: Output,
  appointments: readonly Appointment[],
  {
    monday,
    timeZone,
    columns,
  }: { readonly monday: Temporal.PlainDate; readonly timeZone: string; readonly columns: number },
): Promise<readonly Occurrence[]> {
  const week = [monday, monday.add({ days: 7 })] as const;
  const occurrences = await Promise.all(appointments.map((one) => occurrencesBetween(one, week, timeZone)));
  const within = occurrences.flat().filter((one) => weeksOf(one).some((other) => other.equals(monday)));
  const { lines, cut } = new WeekPicture(monday, within, columns);
  output.say(`${monday.toString()} to ${monday.add({ days: 6 }).toString()}`, 'quiet');
  for (const line of lines) output.sayInTones(line);
  // Of a series the first one tells what the others are.
  const told = new Map([...cut].map((one) => [`${clock(one.start)} ${wordsOf(one)}`, one] as const).toReversed());
  return [...told.values()].toReversed();
}

function mondaysOf(occurrences: readonly Occurrence[]): readonly Temporal.PlainDate[] {
  const days = new Set(occurrences.flatMap(weeksOf).map(String));
  return [...days].toSorted().map((day) => Temporal.PlainDate.from(day));
}

function lasts({ numberOfOccurrences, endDate }: Recurrence): string {
  if (numberOfOccurrences !== undefined) return `${numberOfOccurrences} times in all`;
  return endDate === undefined ? 'without end' : `until ${endDate}`;
}

function sayWrapped(output: Output, text: string, columns: number, indent: string): void {
  const lines = wrapAnsi(printable(text), columns - indent.length, { hard: true }).split('\n');
  for (const line of lines) output.say(`${indent}${line}`);
}
