import { type ClockChange, RuleZone } from '../../calendar/rule-zone.js';
import type { Zone } from '../../calendar/zone.js';
import { ItemError } from '../fault.js';
import type { XmlElement } from '../xml-element.js';
import { WEEKDAYS } from './weekdays.js';
import { type YearlyChange, changesIn } from './zone-definition.js';

const MINUTE = 60_000;

/** A zone as GetUserAvailability describes it: minutes behind UTC, and when clocks change. @throws ItemError ErrorTimeZone */
export function readSerializableZone(zone: XmlElement): Zone {
  const bias = Number(zone.value('t:Bias'));
  const parts = [zone.required('t:StandardTime'), zone.required('t:DaylightTime')] as const;
  const offset = (part: XmlElement) => -(bias + Number(part.value('t:Bias'))) * MINUTE;
  const hasChanges = parts.every((part) => Number(part.value('t:Month')) > 0);
  const changes = hasChanges ? parts.map((part) => readChange(part, offset(part))) : [];
  return new RuleZone('Customized Time Zone', offset(parts[0]), changes);
}

function readChange(part: XmlElement, offset: number): ClockChange {
  const month = Number(part.value('t:Month'));
  const order = Number(part.value('t:DayOrder'));
  const weekday = WEEKDAYS.indexOf(part.value('t:DayOfWeek') as (typeof WEEKDAYS)[number]);
  const time = /^(\d{1,2}):(\d\d):(\d\d)/.exec(part.value('t:Time') ?? '');
  const isDate = part.value('t:Year') !== undefined && part.value('t:Year') !== '0';
  const isPossible = isDate ? order >= 1 && order <= 31 : order >= 1 && order <= 5 && weekday >= 0;
  if (month > 12 || !isPossible || time === null) {
    throw new ItemError('ErrorTimeZone', "The specified time zone isn't valid.");
  }
  const [hours = 0, minutes = 0, seconds = 0] = time.slice(1).map(Number);
  const day = isDate ? { date: order } : { weekday, occurrence: order };
  return { offset, month, day, time: ((hours * 60 + minutes) * 60 + seconds) * 1000 };
}

/** The same of a zone that the server knows, by the rules of one year. */
export function serializableZoneXml(zone: Zone, year: number): string {
  const changes = changesIn(zone, year);
  const offsets = [zone.offsetAt(Date.UTC(year, 0, 1)), ...changes.map(({ after }) => after)];
  const standard = Math.min(...offsets);
  const part = (name: string, change: YearlyChange | undefined) =>
    `<t:${name}>${change === undefined ? NEVER : changeXml(change, standard)}</t:${name}>`;
  const isYearly = changes.length === 2;
  return (
    `<t:TimeZone><t:Bias>${minutesBehind(standard)}</t:Bias>` +
    part('StandardTime', isYearly ? changes.find(({ after }) => after === standard) : undefined) +
    `${part('DaylightTime', isYearly ? changes.find(({ after }) => after !== standard) : undefined)}</t:TimeZone>`
  );
}

const NEVER =
  '<t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month>' +
  '<t:DayOfWeek>Sunday</t:DayOfWeek>';

function changeXml({ wall, after }: YearlyChange, standard: number): string {
  const date = new Date(wall);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const order = date.getUTCDate() + 7 > last ? 5 : Math.ceil(date.getUTCDate() / 7);
  return (
    `<t:Bias>${minutesBehind(after - standard)}</t:Bias><t:Time>${date.toISOString().slice(11, 19)}</t:Time>` +
    `<t:DayOrder>${order}</t:DayOrder><t:Month>${date.getUTCMonth() + 1}</t:Month>` +
    `<t:DayOfWeek>${WEEKDAYS[date.getUTCDay()] ?? ''}</t:DayOfWeek>`
  );
}

function minutesBehind(offset: number): number {
  return offset === 0 ? 0 : -offset / MINUTE;
}
