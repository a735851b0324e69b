import { factorySuite, previewAppointment } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { firstAidFactory } from '../src/index.js';

const make = () => firstAidFactory({ date: '2027-03-01', timeZone: 'Europe/Berlin' });
const beth = { smtp: 'beth@contoso.com', attributes: { Name: 'Beth', Team: 'service' } };

// The rules that no type can say. Name mailboxes with the attributes that make a difference.
factorySuite({ describe, it }, { name: 'first-aid', make, mailboxes: [beth, 'carl@contoso.com'] });

describe('first-aid', () => {
  it('is a training in the room of the team', async () => {
    const shown = await previewAppointment(make(), beth);
    expect(shown).toContain('start: 2027-03-01T09:00:00+01:00 (Europe/Berlin)');
    expect(shown).toContain('location: Auditorium');
  });

  it('is nothing for who is in no team', async () => {
    expect(await previewAppointment(make(), 'carl@contoso.com')).toBe('carl@contoso.com: nothing');
  });
});
