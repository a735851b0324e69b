import { createHash } from 'node:crypto';
import type { AppointmentInput } from '@appointed/core';
import { freeName } from '../content/free-name.js';
import { aboutEvent } from './about-event.js';
import type { IcsEventSource } from './ics-calendar.js';
import { type IcsSplit, splitOf } from './ics-split.js';
import { textOf } from './read-property.js';

const MOST_CHARACTERS = 120; // of a UID; a slot's name may have 200
const DIGEST_LENGTH = 12; // hexadecimal digits

/** An event with the slots of its appointments. */
export interface SlottedEvent extends IcsSplit {
  readonly uid: string;
  readonly slots: ReadonlyMap<string, AppointmentInput>;
}

/**
 * Names the appointments of events: by the UID and, of all but the first part of a series, by the day on which it begins
 * or the occurrence was to be. So a name stays with what it means, whatever else is changed in the file.
 */
export function slotted(sources: readonly IcsEventSource[]): readonly SlottedEvent[] {
  const taken = new Map<string, AppointmentInput>();
  return sources.map((source) => {
    const split = aboutEvent(source.uid, textOf(source.event, 'summary'), () => splitOf(source));
    const slots = new Map<string, AppointmentInput>();
    for (const { appointment, at } of split.pieces) {
      const slot = freeName([nameOf(source.uid, appointment), at].filter((part) => part !== '').join(' '), taken);
      slots.set(slot, appointment);
      taken.set(slot, appointment);
    }
    return { ...split, uid: source.uid, slots };
  });
}

/** The UID, as far as it can be part of a slot's name. */
function nameOf(uid: string, { subject }: AppointmentInput): string {
  const given = uid === '' ? String(subject) : uid;
  const clean = given.replaceAll(/[\p{Cc}\p{Cs}]/gu, '');
  const characters = [...clean];
  if (clean === given && characters.length <= MOST_CHARACTERS && clean !== '') return clean;
  const digest = createHash('sha256').update(given).digest('hex').slice(0, DIGEST_LENGTH);
  return `${characters.slice(0, MOST_CHARACTERS).join('')}~${digest}`;
}
