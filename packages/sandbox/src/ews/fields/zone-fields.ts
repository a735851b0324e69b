import { type Field, structured } from './field.js';
import { readZone, zoneXml } from './zone-definition.js';

/** Zones are read before everything else (see `item-content.ts`), because times depend on them. */
export const zoneFields: readonly Field[] = [
  structured('calendar:MeetingTimeZone', () => '', { shape: 'asked', take: () => {} }),
  structured('calendar:StartTimeZone', ({ item }) => zoneXml('StartTimeZone', item.startZone), {
    take: (draft, definition) => void (draft.startZone = readZone(definition)),
  }),
  structured('calendar:EndTimeZone', ({ item }) => zoneXml('EndTimeZone', item.endZone), {
    take: (draft, definition) => void (draft.endZone = readZone(definition)),
  }),
];
