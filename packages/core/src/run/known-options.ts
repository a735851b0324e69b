import { AppointedError } from '../error/appointed-error.js';

/**
 * Refuses what is no option: a misspelt `sendMode` must not send mail.
 * @throws AppointedError `invalid_options`
 */
export function checkOptions(options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new AppointedError('invalid_options', 'the options are no object', { field: 'options' });
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new AppointedError('invalid_options', `${unknown} is not an option`, {
    field: unknown,
    hint: `The options are: ${known.join(', ')}.`,
  });
}
