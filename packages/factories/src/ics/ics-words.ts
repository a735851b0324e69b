import type { AppointmentInput, Importance, Sensitivity, ShowAs } from '@appointed/core';
import type ICAL from 'ical.js';
import { parameterOf, propertyText, textOf } from './read-property.js';

const SHOW_AS: Readonly<Record<string, ShowAs>> = {
  FREE: 'free',
  TENTATIVE: 'tentative',
  BUSY: 'busy',
  OOF: 'oof',
  WORKINGELSEWHERE: 'workingElsewhere',
};
const SENSITIVITIES: Readonly<Record<string, Sensitivity>> = {
  PUBLIC: 'normal',
  PRIVATE: 'private',
  CONFIDENTIAL: 'confidential',
};
const IMPORTANCES: Readonly<Record<string, Importance>> = { 0: 'low', 1: 'normal', 2: 'high' };

/** Reads what an event says in words: subject, text, place, and how it is shown. */
export function wordsOf(event: ICAL.Component): Omit<AppointmentInput, 'start' | 'end'> {
  // Calendars of Exchange show the place in one line.
  const location = textOf(event, 'location').replaceAll(/\s*\n\s*/g, ', ');
  const sensitivity = SENSITIVITIES[textOf(event, 'class').toUpperCase()];
  const importance = importanceOf(event);
  const categories = categoriesOf(event);
  const body = bodyOf(event);
  const counters = textOf(event, 'x-microsoft-disallow-counter').toUpperCase();
  return {
    subject: textOf(event, 'summary').replaceAll(/\s+/g, ' '),
    showAs: showAsOf(event),
    ...(body !== undefined && { body }),
    ...(location !== '' && { location }),
    ...(sensitivity !== undefined && { sensitivity }),
    ...(importance !== undefined && { importance }),
    ...(categories.length > 0 && { categories }),
    ...(counters !== '' && { newTimeProposalsAllowed: counters !== 'TRUE' }),
  };
}

/** Outlook writes the HTML beside the text. */
function bodyOf(event: ICAL.Component): Exclude<AppointmentInput['body'], undefined> | undefined {
  const html = event
    .getAllProperties('x-alt-desc')
    .find((property) => parameterOf(property, 'fmttype')?.toLowerCase().startsWith('text/html') === true);
  const markup = html === undefined ? '' : propertyText(html);
  if (markup !== '') return { html: markup };
  const text = textOf(event, 'description');
  return text === '' ? undefined : { text };
}

/** What RFC 5545 says of an event that says nothing: it takes time. */
function showAsOf(event: ICAL.Component): ShowAs {
  const status = SHOW_AS[textOf(event, 'x-microsoft-cdo-busystatus').toUpperCase()];
  if (status !== undefined) return status;
  if (textOf(event, 'transp').toUpperCase() === 'TRANSPARENT') return 'free';
  return textOf(event, 'status').toUpperCase() === 'TENTATIVE' ? 'tentative' : 'busy';
}

/** PRIORITY counts from 1, the highest, to 9; 0 says nothing. */
function importanceOf(event: ICAL.Component): Importance | undefined {
  const known = IMPORTANCES[textOf(event, 'x-microsoft-cdo-importance')];
  if (known !== undefined) return known;
  const priority = Number(textOf(event, 'priority'));
  if (!(priority >= 1 && priority <= 9)) return undefined;
  if (priority === 5) return 'normal';
  return priority < 5 ? 'high' : 'low';
}

function categoriesOf(event: ICAL.Component): readonly string[] {
  const values = event.getAllProperties('categories').flatMap((property) => property.getValues() as readonly unknown[]);
  return [...new Set(values.map((value) => String(value).trim()).filter((value) => value !== ''))];
}
