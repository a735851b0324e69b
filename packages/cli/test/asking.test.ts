import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onTerminal } from './on-terminal.js';
import { openWorkplace, people, type Workplace } from './workplace.js';

const EVERYBODY = people(3);
const ENTER = '\r';
const DOWN = '\u001b[B';

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(5);
}

const meeting = (id: string, limit: number): readonly string[] => [
  'place',
  '-m',
  'people.csv',
  '-f',
  'meeting',
  '--id',
  id,
  '--max-invitations',
  String(limit),
];

// On a machine that is busy each process takes seconds to start.
describe('on a terminal somebody is asked', { timeout: 60_000 }, () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace(EVERYBODY);
  });
  afterAll(() => place[Symbol.asyncDispose]());

  it('whether more invitations than the usual limit are meant, before anything is done', async () => {
    const { code, shown } = await onTerminal(place, meeting('many', 501), {
      type: async (text, write) => {
        await until(() => text().includes('Up to 501 invitations may be mailed. Is that meant?'));
        write('n');
      },
    });
    expect({ code, isRefused: shown.includes('[not_confirmed]') }).toEqual({ code: 3, isRefused: true });
    expect(place.items(...EVERYBODY)).toEqual([0, 0, 0]);
  });

  it('whether they are to be mailed, when the limit has kept all of them back', async () => {
    const { code, shown } = await onTerminal(place, meeting('few', 5), {
      type: async (text, write) => {
        await until(() => text().includes('Nothing was mailed. Mail them all?'));
        expect(place.items(...EVERYBODY)).toEqual([0, 0, 0]);
        write('y');
      },
    });
    expect({ code, isDone: shown.includes('Run few: 3 placed') }).toEqual({ code: 0, isDone: true });
    expect(place.items(...EVERYBODY)).toEqual([1, 1, 1]);
  });

  it('by init for all that it was not told', async () => {
    for (const name of ['appointed.config.ts', 'factories']) rmSync(join(place.directory, name), { recursive: true });
    const { code, shown } = await onTerminal(place, ['init'], {
      type: async (text, write) => {
        await until(() => text().includes('Where do the mailboxes live?'));
        write(`${DOWN}${DOWN}${ENTER}`);
        await until(() => text().includes('Where are Exchange Web Services?'));
        write(`no address${ENTER}`);
        await until(() => text().includes('Give an address'));
        write(`\u0015https://mail.contoso.com/EWS/Exchange.asmx${ENTER}`);
        await until(() => text().includes('How does the service account sign in?'));
        write(`${DOWN}${DOWN}${ENTER}`);
        await until(() => text().includes('Which tenant?'));
        write(`contoso.onmicrosoft.com${ENTER}`);
        await until(() => text().includes("What is the application's (client) id?"));
        write(`app-1${ENTER}`);
        await until(() => text().includes('How does the application sign in?'));
        write(`${DOWN}${ENTER}`);
        await until(() => text().includes('What is the first factory called?'));
        write(`-2027${ENTER}`);
      },
    });
    expect({ code, shown: shown.includes('Set EWS_TOKEN (or EWS_TOKEN_FILE)') }).toEqual({ code: 0, shown: true });
    const config = readFileSync(join(place.directory, 'appointed.config.ts'), 'utf8');
    expect(config).toContain("setting('EWS_URL', 'https://mail.contoso.com/EWS/Exchange.asmx')");
    expect(config).toContain("import first from './factories/lesson-2027.js';");
    const previewed = await place.appointed(['preview', '-m', 'people.csv', '-f', 'lesson-2027']);
    expect(previewed).toMatchObject({ code: 0, stderr: '' });
  });
});
