import { readFileSync } from 'node:fs';
import * as factories from '@appointed/factories';
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

  it('has these paths', () => {
    const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(Object.keys(exports)).toEqual(['.', './package.json']);
  });
});
