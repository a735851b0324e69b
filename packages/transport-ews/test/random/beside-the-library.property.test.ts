import { type Appointment, parseAppointment, placementKey, placementUid } from '@appointed/core';
import type { ExchangeService } from 'ews-javascript-api';
import * as fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { answer, createItemResponse, saved } from '../canned-answers.js';
import { cannedServer } from '../canned-server.js';
import { ALFRED, transportTo } from '../placing.js';
import { schemaIsAtHand, validateAll } from '../schema.js';
import { anyAppointment } from './appointments.js';
import { knowsZones, libraryAppointment } from './library-appointment.js';

const RUNS = process.env['APPOINTED_TRIALS'] === undefined ? 60 : 2000;
const context = {
  mailbox: ALFRED,
  runId: 'run',
  slot: 's',
  startedAt: new Date(0),
  signal: new AbortController().signal,
};
const key = placementKey(context.runId, context.slot, ALFRED);
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/;
const call = { signal: context.signal, sendBy: Number.POSITIVE_INFINITY, timeoutMs: 20_000 };

it('whatever an appointment says, ews-javascript-api writes the same, in the same order', async () => {
  await using server = await cannedServer(answer(200, createItemResponse(saved('item'))));
  const transport = transportTo(server.url);
  const save = async (content: Parameters<typeof transport.save>[0]['items'][number]['content']): Promise<string> => {
    const [outcome] = await transport.save(
      { mailbox: ALFRED, sendMode: 'none', items: [{ key, uid: placementUid(key), content }] },
      call,
    );
    expect(outcome?.kind).toBe('done');
    return server.requests.at(-1)?.body ?? '';
  };
  const envelopes: string[] = [];
  await fc.assert(
    fc.asyncProperty(anyAppointment, async (input) => {
      const appointment = comparable(parseAppointment(input));
      fc.pre(knowsZones(appointment));
      const native = transport.native({
        getAppointment: (service: ExchangeService) => libraryAppointment(service, appointment),
      });
      const theirs = await save((await native.getAppointment(context)) as never);
      const ours = await save(appointment);
      envelopes.push(ours, theirs);
      expect(canonical(ours)).toEqual(canonical(theirs));
    }),
    { numRuns: RUNS },
  );
  if (schemaIsAtHand) validateAll(envelopes);
}, 600_000);

/** Without what native factories do not take, and what the library does not write: empty properties, a category twice. */
function comparable({ attachments: _files, ...appointment }: Appointment): Appointment {
  const { customProperties = [], categories = [] } = appointment;
  return {
    ...appointment,
    customProperties: customProperties.filter(({ value }) => value !== ''),
    categories: [...new Set(categories)],
  };
}

/** The CalendarItem's properties in their order, what means the same written in the same way. */
function canonical(envelope: string): readonly string[] {
  const properties: string[] = [];
  const path: string[] = [];
  let [property, text] = ['', ''];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ local, attributes }) => {
    path.push(local);
    text = '';
    if (depthIn(path) === 1) property = '';
    const written = Object.values(attributes)
      // The library says besides how Windows displays a zone.
      .filter(({ local: name }) => !(name === 'Name' && local.endsWith('TimeZone')))
      .map(({ local: name, value }) => ` ${name}=${value}`);
    property += `<${[local, ...written].join('')}>`;
  });
  parser.on('text', (piece) => (text += piece));
  parser.on('closetag', ({ local }) => {
    property += meant(local, text);
    text = '';
    if (depthIn(path) === 1) properties.push(property);
    path.pop();
  });
  parser.write(envelope).close();
  return alike(properties);
}

/** How deep in the CalendarItem. */
function depthIn(path: readonly string[]): number {
  const item = path.indexOf('CalendarItem');
  return item < 0 ? 0 : path.length - 1 - item;
}

/** Named properties have no order; that we list them beside them is ours alone. */
function alike(properties: readonly string[]): readonly string[] {
  const named = properties.filter((one) => isNamed(one) && !one.includes('PropertyName=AppointedProperties'));
  const place = properties.findIndex(isNamed);
  const others = properties.filter((one) => !isNamed(one));
  return [...others.slice(0, place), ...named.toSorted(), ...others.slice(place)];
}

function isNamed(property: string): boolean {
  return property.startsWith('<ExtendedProperty>');
}

/** The library writes the process's offset behind times, and behind the dates of recurrences. */
function meant(name: string, text: string): string {
  if (name === 'StartDate' || name === 'EndDate') return text.slice(0, 10);
  return TIME.test(text) ? new Date(text).toISOString() : text;
}
