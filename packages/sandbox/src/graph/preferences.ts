import { type Zone, findZone, utc } from '../calendar/zone.js';
import { invalidTimeZone } from './graph-error.js';

/** What a request prefers: its `Prefer` header. */
export interface Preferences {
  /** The zone that `start` and `end` of events are given in. */
  readonly zone: Zone;
  /** As the request names it, which the answer repeats. */
  readonly zoneName: string;
  readonly bodyKind: 'HTML' | 'Text';
  /** Ids that outlive a move. */
  readonly hasImmutableIds: boolean;
  /** What the answer's `Preference-Applied` says; empty if nothing. */
  readonly applied: string;
}

const PREFERENCE = /([\w.-]+)\s*=\s*(?:"([^"]*)"|([^,;\s]*))/g;

const NONE: Preferences = { zone: utc, zoneName: 'UTC', bodyKind: 'HTML', hasImmutableIds: false, applied: '' };

/** @throws GraphError TimeZoneNotSupportedException */
export function readPreferences(header: string | undefined): Preferences {
  if (header === undefined) return NONE;
  const applied: string[] = [];
  let [zone, zoneName] = [NONE.zone, NONE.zoneName];
  let bodyKind: Preferences['bodyKind'] = 'HTML';
  let hasImmutableIds = false;
  for (const [, name = '', quoted, bare = ''] of header.matchAll(PREFERENCE)) {
    const value = quoted ?? bare;
    if (name.toLowerCase() === 'outlook.timezone') {
      [zone, zoneName] = [zoneNamed(value), value];
      applied.push(`outlook.timezone="${value}"`);
    } else if (name.toLowerCase() === 'outlook.body-content-type' && /^(text|html)$/i.test(value)) {
      bodyKind = value.toLowerCase() === 'text' ? 'Text' : 'HTML';
      applied.push(`outlook.body-content-type="${value.toLowerCase()}"`);
    } else if (name.toLowerCase() === 'idtype' && value.toLowerCase() === 'immutableid') {
      hasImmutableIds = true;
      applied.push('IdType="ImmutableId"');
    }
  }
  return { zone, zoneName, bodyKind, hasImmutableIds, applied: applied.join(', ') };
}

/** The zone of a Windows or IANA name. @throws GraphError TimeZoneNotSupportedException */
export function zoneNamed(name: string): Zone {
  const zone = name === '' ? undefined : findZone(name);
  if (zone === undefined) throw invalidTimeZone(name);
  return zone;
}
