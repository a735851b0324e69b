export { allDay, type AllDayOptions } from './all-day.js';
export { meeting } from './meeting.js';
export { MeetingFactory, type MeetingOptions } from './meeting-factory.js';
export { series, type SeriesOptions } from './series.js';
export { tennisLesson } from './tennis-lesson.js';
export { TennisLessonFactory, type TennisLessonOptions } from './tennis-lesson-factory.js';

export type { CombinatorOptions } from './combinators/combinator-options.js';
export { type MailboxPredicate, onlyFor } from './combinators/only-for.js';
export { type FactoryPick, perMailbox } from './combinators/per-mailbox.js';
export { withReminder } from './combinators/with-reminder.js';

export { versionOf } from './version/version-of.js';
