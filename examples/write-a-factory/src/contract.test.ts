// #region contract
import { describe, it } from 'node:test';
import { factorySuite } from '@appointed/testkit';
import { firstAid } from './first-aid.js';

factorySuite(
  { describe, it },
  {
    name: 'first aid',
    make: () => firstAid({ monday: '2027-03-01' }),
    mailboxes: [{ smtp: 'beth@contoso.com', attributes: { team: 'service' } }, 'carl@contoso.com'],
  },
);
// #endregion contract
