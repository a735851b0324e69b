import { describe, expect, it } from 'vitest';
import { type Canned, cannedGraph } from './canned-graph.js';
import { save, saved } from './placing.js';

const CREATED = { status: 201, body: { id: 'AAMk', changeKey: 'one', hasAttachments: false } };
const NONE = { status: 200, body: { value: [] } };
const ATTACHED = { status: 201, body: { id: 'a file' } };
const EVENT = '/users/user0@contoso.com/events/AAMk';

const lesson = {
  attachments: [
    { name: 'rules.txt', content: Buffer.from('Hello'), mediaType: 'text/plain' },
    { name: 'logo.png', content: Buffer.from('PNG'), mediaType: 'image/png', contentId: 'logo' },
  ],
};

/** Every request of a save, as `method path`. */
async function requestsFor(answers: readonly Canned[]): Promise<readonly string[]> {
  await using server = await cannedGraph(answers);
  await saved(server.transport, { lesson });
  return server.received.map(({ method, path }) => `${method} ${path}`);
}

describe('files of a new event', () => {
  it('come with it', async () => {
    const kept = { ...CREATED, body: { ...CREATED.body, hasAttachments: true } };
    expect(await requestsFor([kept])).toEqual(['POST /users/user0@contoso.com/events']);
  });

  it('come with it where all are shown in its text, which the event does not count', async () => {
    expect(await requestsFor([CREATED, { status: 200, body: { value: [{ name: 'logo.png' }] } }])).toHaveLength(2);
  });

  it('follow it where Graph has left them out, and the change key of before is told to nobody', async () => {
    await using server = await cannedGraph([CREATED, NONE, ATTACHED]);
    expect(await saved(server.transport, { lesson })).toEqual({ itemId: 'AAMk' });
    expect(server.received.slice(1)).toMatchObject([
      { method: 'GET', path: `${EVENT}/attachments` },
      {
        method: 'POST',
        path: `${EVENT}/attachments`,
        json: { '@odata.type': '#microsoft.graph.fileAttachment', name: 'rules.txt', contentBytes: 'SGVsbG8=' },
      },
      { method: 'POST', json: { name: 'logo.png', isInline: true, contentId: 'logo' } },
    ]);
  });
});

describe('an event that does not get its files', () => {
  const failing = [CREATED, NONE, ATTACHED, { status: 503 }];

  it('is taken back, and placed again later', async () => {
    await using server = await cannedGraph([...failing, { status: 204 }]);
    expect(await save(server.transport, { lesson })).toMatchObject({
      kind: 'deferred',
      error: { code: 'server_failed' },
    });
    expect(server.received.at(-1)).toMatchObject({ method: 'DELETE', path: EVENT });
  });

  it('is looked up where it cannot be taken back', async () => {
    await using server = await cannedGraph(failing);
    expect(await save(server.transport, { lesson })).toMatchObject({ kind: 'unknown' });
  });

  it('is not taken back from those who are invited', async () => {
    await using server = await cannedGraph(failing);
    const meeting = { ...lesson, requiredAttendees: ['a@contoso.com'] };
    const outcome = await save(server.transport, { lesson: meeting, sendMode: 'allAndSaveCopy' });
    expect(outcome).toMatchObject({ kind: 'unknown' });
    expect(server.received.map(({ method }) => method)).not.toContain('DELETE');
  });
});
