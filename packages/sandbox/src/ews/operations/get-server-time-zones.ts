import { type Zone, findWindowsZone, windowsZoneIds } from '../../calendar/zone.js';
import { fullZoneXml, zoneXml } from '../fields/zone-definition.js';
import { eachOf, success } from '../response.js';
import type { Operation } from './operation.js';

const MESSAGE = 'GetServerTimeZonesResponseMessage';

/** An unknown id is passed over, as the documentation has it: the answer holds those that exist. */
export const getServerTimeZones: Operation = (request, call) =>
  eachOf([request], MESSAGE, '<m:TimeZoneDefinitions/>', () => {
    const isFull = !/^(false|0)$/.test(request.attribute('ReturnFullTimeZoneData') ?? 'true');
    const ids = request.child('m:Ids')?.children.map(({ text }) => text.trim()) ?? windowsZoneIds();
    const zones = ids.map(findWindowsZone).filter((zone) => zone !== undefined);
    const year = new Date(call.now()).getUTCFullYear();
    const write = (zone: Zone) =>
      isFull ? fullZoneXml('TimeZoneDefinition', zone, year) : zoneXml('TimeZoneDefinition', zone);
    return success(MESSAGE, `<m:TimeZoneDefinitions>${zones.map(write).join('')}</m:TimeZoneDefinitions>`);
  });
