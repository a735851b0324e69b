import { type Signal, signal } from '@preact/signals';
import { type RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Entries } from '../../src/page/page-state.js';
import { go, route } from '../state/route.js';
import { shownZone } from '../state/times.js';
import { useAnswer } from '../state/use-answer.js';
import { useChangesOf } from '../state/use-changes-of.js';
import { CalendarGrid, type Period } from './calendar-grid.js';
import { shownDate } from './move.js';

/** Farther than the clocks of any two zones are apart. */
const SLACK = 86_400_000;
const NOTHING: Entries = { total: 0, entries: [] };

/** `24 – 30 Nov 2026` */
export const shownPeriod: Signal<string> = signal('');

/** The calendar of one mailbox. It is asked for again when something has changed in there. */
export function Calendar({ mailbox }: { mailbox: string }) {
  const host = useRef<HTMLDivElement>(null);
  const [period, setPeriod] = useState<Period>();
  const grid = useGrid(host, setPeriod);
  return (
    <>
      {period !== undefined && <Shown grid={grid} mailbox={mailbox} period={period} />}
      <div class="calendar" ref={host} />
    </>
  );
}

interface ShownProperties {
  readonly grid: RefObject<CalendarGrid>;
  readonly mailbox: string;
  readonly period: Period;
}

/** Puts into the grid what is in the mailbox, and says what does not fit. */
function Shown({ grid, mailbox, period }: ShownProperties) {
  const from = new Date(period.from - SLACK).toISOString();
  const to = new Date(period.until + SLACK).toISOString();
  const changes = useChangesOf(mailbox);
  const { answer = NOTHING, problem } = useAnswer<Entries>('/page/calendar', { mailbox, from, to }, changes);
  const zone = shownZone();
  useEffect(() => grid.current?.show(answer.entries, zone), [answer, zone]);
  const shown = answer.entries.length;
  if (problem !== '') return <p role="alert">{problem}</p>;
  if (answer.total <= shown) return null;
  return (
    <p class="notice">
      The first {shown.toLocaleString('en')} of {answer.total.toLocaleString('en')} items. A shorter view shows the
      others.
    </p>
  );
}

/** The grid, made once; where it shows is a matter of the address. */
function useGrid(host: RefObject<HTMLDivElement>, onPeriod: (period: Period) => void): RefObject<CalendarGrid> {
  const grid = useRef<CalendarGrid>(null);
  const { view } = route.value;
  const date = shownDate();
  useEffect(() => {
    if (host.current === null) return;
    const made = new CalendarGrid(host.current, {
      onItem: (entry) => go({ item: entry.id }),
      onDay: (day) => go({ view: 'day', date: day }),
      onPeriod: (period) => {
        onPeriod(period);
        shownPeriod.value = period.title;
      },
    });
    grid.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => grid.current?.goTo(view, date), [view, date]);
  return grid;
}
