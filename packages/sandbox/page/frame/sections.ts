import type { Section } from '../state/route.js';

export const SECTION_NAMES: Readonly<Record<Section, string>> = {
  calendar: 'Calendars',
  requests: 'Requests',
  faults: 'Faults',
  mails: 'Mails',
};
