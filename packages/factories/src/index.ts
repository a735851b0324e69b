export { MeetingFactory, type MeetingOptions } from './meeting-factory.js';
export { TennisLessonFactory, type TennisLessonOptions } from './tennis-lesson-factory.js';
