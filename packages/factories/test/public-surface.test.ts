import { readFileSync } from 'node:fs';
import * as factories from '@appointed/factories';
import * as ics from '@appointed/factories/from-ics';
import * as template from '@appointed/factories/from-template';
import * as holidays from '@appointed/factories/public-holidays';
import { describe, expect, it } from 'vitest';

// A red test here means: what programs rely on has changed. Make it deliberate.
describe('the public surface of the factories', () => {
  it('has these exports', () => {
    expect(Object.keys(factories).toSorted()).toEqual([
      'MeetingFactory',
      'TennisLessonFactory',
      'allDay',
      'meeting',
      'onlyFor',
      'perMailbox',
      'series',
      'tennisLesson',
      'versionOf',
      'withReminder',
    ]);
  });

  it('has these under paths of their own, so that who needs none of them loads no library', () => {
    expect([ics, template, holidays].map((path) => Object.keys(path).toSorted())).toEqual([
      ['fromIcs', 'listIcs', 'slotsFromIcs'],
      ['fromTemplate'],
      ['publicHolidays'],
    ]);
  });

  it('has these paths', () => {
    const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(Object.keys(exports)).toEqual(['.', './from-ics', './from-template', './public-holidays', './package.json']);
  });
});
