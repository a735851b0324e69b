import type { Diagnosis } from '@appointed/core';
import type { Side } from '../hybrid-options.js';
import { otherSide } from '../sides.js';
import type { Finding } from './finding.js';
import { findingsOn, type Told } from './told.js';

const WHERE: Readonly<Record<Side, string>> = { exchange: 'on premises', online: 'in Exchange Online' };

/** Where a mailbox lives, and what is found there. @param said where it is said to live */
export function* examineResidence(
  subject: string,
  told: Readonly<Record<Side, Told>>,
  said: Side | undefined,
): Generator<Diagnosis> {
  const on = (side: Side): readonly Diagnosis[] => findingsOn(told[side], subject);
  const opens = (side: Side): boolean => on(side).length > 0 && on(side).every(({ level }) => level !== 'problem');
  const homes = (['exchange', 'online'] as const).filter(opens);
  const [home] = homes;
  if (home === undefined) {
    if (on('exchange').length > 0 && on('online').length > 0) yield unlocated(subject);
    yield* on('exchange');
    yield* on('online');
    return;
  }
  if (homes.length > 1) {
    yield ambiguous(subject, said ?? 'exchange');
    yield* on(said ?? 'exchange');
    return;
  }
  yield said === otherSide(home) ? toldWrongly(subject, home, said) : located(subject, home);
  yield* on(home);
}

function located(subject: string, home: Side): Finding {
  return { code: 'mailbox_located', level: 'ok', subject, message: `lives ${WHERE[home]}.` };
}

function toldWrongly(subject: string, home: Side, said: Side): Finding {
  const message = `lives ${WHERE[home]}, and is said to live ${WHERE[said]}.`;
  const advice = 'Correct what the option where says. Until then what is asked first goes there in vain.';
  return { code: 'mailbox_told_wrongly', level: 'warning', subject, message, advice };
}

function ambiguous(subject: string, taken: Side): Finding {
  const message = `can be opened on both sides; runs take the one ${WHERE[taken]}.`;
  const advice = 'Say with the option where which of them its owner reads.';
  return { code: 'mailbox_on_both_sides', level: 'warning', subject, message, advice };
}

function unlocated(subject: string): Finding {
  const message = 'can be opened on neither side.';
  const advice = 'What each side says of it follows.';
  return { code: 'mailbox_unlocated', level: 'problem', subject, message, advice };
}
