import { readdirSync } from 'node:fs';
import { allDay } from '@appointed/factories';
import { fromIcs, listIcs } from '@appointed/factories/from-ics';
import { publicHolidays } from '@appointed/factories/public-holidays';
import { previewAppointment } from '@appointed/testkit';

// Prints what the factories make that have to do with days and zones, in a process of its own.
const folder = new URL('ics/', import.meta.url);
const events = readdirSync(folder).flatMap((name) => {
  const file = new URL(name, folder);
  return listIcs({ file }).map(({ uid }) => fromIcs({ file, uid, leaveOut: 'accept' }));
});
const holidays = ['DE', 'TR', 'IL', 'US'].flatMap((country) => Object.values(publicHolidays({ country, year: 2027 })));
const shown: string[] = [];
for (const factory of [...events, ...holidays, allDay({ subject: 'Away', start: '2027-12-24' })]) {
  shown.push(`${factory.version} ${await previewAppointment(factory, 'anna@contoso.com')}`);
}
process.stdout.write(shown.join('\n'));
