/** What nobody can do for less: the same bytes over the same connections, and an answer that is read as text. */
import { Pool } from 'undici';
import type { Conditions, Contender } from './contender.js';

const BODY =
  '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'.padEnd(
    1024,
    'x',
  );
const HEADERS = {
  'content-type': 'text/xml; charset=utf-8',
  accept: 'text/xml',
  authorization: `Basic ${Buffer.from('svc:secret').toString('base64')}`,
  'client-request-id': '2c9e1c3f-6f8e-4b0b-9a64-0a4d3a4d5e6f',
};

export function floor({ port, inFlight }: Conditions): Promise<Contender> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: inFlight });
  return Promise.resolve({
    async save(count) {
      let sent = 0;
      const saveSome = async (): Promise<void> => {
        while (sent < count) {
          sent += 1;
          const { body } = await pool.request({
            method: 'POST',
            path: '/EWS/Exchange.asmx',
            headers: HEADERS,
            body: BODY,
          });
          if (!(await body.text()).includes('NoError')) throw new Error('it was not saved');
        }
      };
      await Promise.all(Array.from({ length: inFlight }, saveSome));
    },
    close: () => pool.close(),
  });
}
