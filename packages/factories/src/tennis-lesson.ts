import type { IAppointmentFactory } from '@appointed/core';
import { TennisLessonFactory, type TennisLessonOptions } from './tennis-lesson-factory.js';

/** The tennis lesson of Microsoft's sample: {@link TennisLessonFactory}. */
export function tennisLesson(options: TennisLessonOptions = {}): IAppointmentFactory {
  return new TennisLessonFactory(options);
}
