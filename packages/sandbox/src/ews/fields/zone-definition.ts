import { type ClockChange, RuleZone } from '../../calendar/rule-zone.js';
import { type Zone, findWindowsZone, wallTime } from '../../calendar/zone.js';
import { escapeAttribute } from '../escape.js';
import { ItemError } from '../fault.js';
import type { XmlElement } from '../xml-element.js';
import { parseDuration } from '../xml-values.js';
import { WEEKDAYS } from './weekdays.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A TimeZoneDefinition in short: clients look its rules up by the identifier. */
export function zoneXml(name: string, zone: Zone): string {
  return `<t:${name}${attributesXml(zone)}/>`;
}

function attributesXml(zone: Zone): string {
  return ` Id="${escapeAttribute(zone.id)}" Name="${escapeAttribute(displayName(zone))}"`;
}

/** `(UTC+01:00) W. Europe Standard Time`; Exchange has places' names there. */
function displayName(zone: Zone): string {
  if (zone.id === 'UTC') return '(UTC) Coordinated Universal Time';
  const winter = Math.min(zone.offsetAt(Date.UTC(2026, 0, 1)), zone.offsetAt(Date.UTC(2026, 6, 1))) / MINUTE;
  const [hours, minutes] = [Math.floor(Math.abs(winter) / 60), Math.abs(winter) % 60];
  const offset = `${winter < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  return `(UTC${winter === 0 ? '' : offset}) ${zone.id}`;
}

/** A definition by its Windows identifier or, where that is unknown, by its rules. @throws ItemError ErrorTimeZone */
export function readZone(definition: XmlElement): Zone {
  const id = definition.attribute('Id');
  const known = id === undefined ? undefined : findWindowsZone(id);
  const zone = known ?? readRules(definition, id ?? 'Customized Time Zone');
  if (zone === undefined) throw new ItemError('ErrorTimeZone', "The specified time zone isn't valid.");
  return zone;
}

/** The rules that hold last: history is behind every appointment that is made now. */
function readRules(definition: XmlElement, id: string): Zone | undefined {
  const periods = new Map(
    definition.child('t:Periods')?.children.map((period) => {
      return [period.attribute('Id') ?? '', -(parseDuration(period.attribute('Bias') ?? '') ?? 0)];
    }),
  );
  const [first] = periods.values();
  if (first === undefined) return undefined;
  const target = definition.child('t:Transitions')?.children.at(-1)?.child('t:To');
  if (target?.attribute('Kind') === 'Period') return new RuleZone(id, periods.get(target.text.trim()) ?? first, []);
  const groups = definition.child('t:TransitionsGroups')?.children ?? [];
  const group = groups.find((each) => each.attribute('Id') === target?.text.trim()) ?? groups.at(-1);
  const changes = (group?.children ?? []).map((transition) => readChange(transition, periods));
  const rules = changes.filter((change) => change !== undefined);
  return new RuleZone(id, Math.min(...periods.values()), rules.length > 1 ? rules : []);
}

function readChange(transition: XmlElement, periods: ReadonlyMap<string, number>): ClockChange | undefined {
  const offset = periods.get(transition.value('t:To') ?? '');
  const month = transition.value('t:Month');
  if (offset === undefined || month === undefined) return undefined;
  const time = parseDuration(transition.value('t:TimeOffset') ?? '') ?? 0;
  const date = transition.value('t:Day');
  const weekday = WEEKDAYS.indexOf(transition.value('t:DayOfWeek') as (typeof WEEKDAYS)[number]);
  const occurrence = Number(transition.value('t:Occurrence') ?? 1);
  return {
    offset,
    month: Number(month),
    day: date === undefined ? { weekday, occurrence } : { date: Number(date) },
    time,
  };
}

/** A definition with the rules of one year, as GetServerTimeZones gives it. */
export function fullZoneXml(name: string, zone: Zone, year: number): string {
  const changes = changesIn(zone, year);
  const standard = Math.min(...changes.map(({ after }) => after), zone.offsetAt(Date.UTC(year, 0, 1)));
  const key = (offset: number) => `${zone.id}/${offset === standard ? 'Standard' : 'Daylight'}`;
  const offsets = [...new Set([standard, ...changes.map(({ after }) => after)])];
  const periods = offsets.map(
    (offset) =>
      `<t:Period Bias="${bias(offset)}" Name="${offset === standard ? 'Standard' : 'Daylight'}" Id="${escapeAttribute(key(offset))}"/>`,
  );
  const group =
    changes.length === 0
      ? `<t:Transition>${to('Period', key(standard))}</t:Transition>`
      : changes.map((change) => changeXml(change, to('Period', key(change.after)))).join('');
  return (
    `<t:${name}${attributesXml(zone)}><t:Periods>${periods.join('')}</t:Periods>` +
    `<t:TransitionsGroups><t:TransitionsGroup Id="0">${group}</t:TransitionsGroup></t:TransitionsGroups>` +
    `<t:Transitions><t:Transition>${to('Group', '0')}</t:Transition></t:Transitions></t:${name}>`
  );
}

function to(kind: 'Period' | 'Group', id: string): string {
  return `<t:To Kind="${kind}">${escapeAttribute(id)}</t:To>`;
}

/** When clocks change in a year, and how far they are ahead of UTC after it, in milliseconds. */
export interface YearlyChange {
  /** On the clocks as they are before. */
  readonly wall: number;
  readonly after: number;
}

/** The year's clock changes, found by looking at every day and then by halves. */
export function changesIn(zone: Zone, year: number): YearlyChange[] {
  const changes: YearlyChange[] = [];
  for (let from = Date.UTC(year, 0, 1); from < Date.UTC(year + 1, 0, 1); from += DAY) {
    let [low, high] = [from, from + DAY];
    if (zone.offsetAt(low) === zone.offsetAt(high)) continue;
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (zone.offsetAt(middle) === zone.offsetAt(from)) low = middle;
      else high = middle;
    }
    changes.push({ wall: wallTime(zone, low) + MINUTE, after: zone.offsetAt(high) });
  }
  return changes;
}

function changeXml({ wall }: YearlyChange, to: string): string {
  const date = new Date(wall);
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const isLast = date.getUTCDate() + 7 > lastOfMonth;
  const minutes = (wall - Math.floor(wall / DAY) * DAY) / MINUTE;
  return (
    `<t:RecurringDayTransition>${to}<t:TimeOffset>PT${Math.floor(minutes / 60)}H${minutes % 60}M0S</t:TimeOffset>` +
    `<t:Month>${date.getUTCMonth() + 1}</t:Month><t:DayOfWeek>${WEEKDAYS[date.getUTCDay()] ?? ''}</t:DayOfWeek>` +
    `<t:Occurrence>${isLast ? -1 : Math.ceil(date.getUTCDate() / 7)}</t:Occurrence></t:RecurringDayTransition>`
  );
}

/** Minutes behind UTC, as xs:duration: `-PT1H` for Berlin. */
function bias(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE;
  const rest = minutes % 60;
  return `${offset > 0 ? '-' : ''}PT${Math.floor(minutes / 60)}H${rest > 0 ? `${rest}M` : ''}`;
}
