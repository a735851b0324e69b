import type { AppointmentInput, IAppointmentFactory } from '@appointed/core';
import { FixedAppointment } from '../content/fixed-appointment.js';
import { versionOf } from '../version/version-of.js';
import { fillIn, hasFields } from './template-fields.js';
import { readTemplate, type TemplateSource } from './template-source.js';

/** What {@link fromTemplate} is told. */
export type FromTemplateOptions = TemplateSource;

const NAME = 'template/1';

/**
 * An appointment written in YAML or JSON, with the members of an `AppointmentInput`. Its strings may hold fields,
 * `{{team}}`, which become the mailbox's attributes of that name. In an HTML body values are escaped: they are text, put
 * into text or into an attribute's value.
 * @throws AppointedError `invalid_options`; without any field also what every run would say. Of `getAppointment`:
 * `invalid_appointment` where the mailbox has no attribute of a field's name
 */
export function fromTemplate(options: FromTemplateOptions): IAppointmentFactory {
  const template = readTemplate(options);
  // Checked once by core, and not for each mailbox, where nothing depends on it.
  if (!hasFields(template)) return new FixedAppointment(NAME, template as unknown as AppointmentInput);
  return {
    version: versionOf(NAME, template),
    // Core checks what comes out.
    getAppointment: ({ mailbox }) => fillIn(template, mailbox) as AppointmentInput,
  };
}
