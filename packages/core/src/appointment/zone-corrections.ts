/**
 * Places that have changed their clocks since the table of windows-iana was made, and the Windows zone that they are in
 * now. For each, `every-zone.test.ts` compares the clocks of the next two years.
 */
export const WINDOWS_ZONE_OF: ReadonlyMap<string, string> = new Map([
  ['America/Chihuahua', 'Central Standard Time (Mexico)'],
  ['America/Ciudad_Juarez', 'Mountain Standard Time'],
  ['America/Coyhaique', 'Magallanes Standard Time'],
  ['America/Ojinaga', 'Central Standard Time'],
  ['America/Scoresbysund', 'Greenland Standard Time'],
  ['Antarctica/Casey', 'W. Australia Standard Time'],
  ['Antarctica/Vostok', 'West Asia Standard Time'],
  ['Asia/Almaty', 'West Asia Standard Time'],
  ['Asia/Qostanay', 'West Asia Standard Time'],
]);

/** The Windows zones whose first place, in that table, has left them; and the place that they are named by now. */
export const PLACE_OF: ReadonlyMap<string, string> = new Map([
  ['Central Asia Standard Time', 'Asia/Bishkek'],
  ['Mountain Standard Time (Mexico)', 'America/Mazatlan'],
]);
