import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromTemplate } from '@appointed/factories/from-template';
import { factorySuite } from '@appointed/testkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from './code-of.js';
import { madeBy } from './made-by.js';

const TRAINING = `
# What everybody gets.
subject: First aid for {{ team }}
start: { dateTime: '{{day}}T09:00', timeZone: mailbox }
end: { dateTime: '{{day}}T12:00', timeZone: mailbox }
location: '{{room}}'
requiredAttendees:
  - { address: '{{trainer}}', name: 'Trainer of {{team}}' }
body:
  byLanguage:
    de: { html: '<p title="{{team}}">Für <b>{{team}}</b></p>' }
  fallback: { text: 'For {{team}}' }
reminder: { minutesBefore: 30 }
categories: [Training, '{{team}}']
`;
const BETH = {
  smtp: 'beth@contoso.com',
  attributes: { team: 'R&D <1>', day: '2027-03-01', room: '{{day}}', trainer: 'ann@contoso.com' },
};
const GERMAN = { ...BETH, attributes: { ...BETH.attributes, language: 'de' } };

describe('fromTemplate', () => {
  it('puts the mailbox’s attributes into the fields, and reads no value as a field', async () => {
    expect(await madeBy(fromTemplate({ text: TRAINING }), BETH)).toMatchObject({
      subject: 'First aid for R&D <1>',
      start: { floating: '2027-03-01T09:00' },
      location: '{{day}}',
      requiredAttendees: [{ address: 'ann@contoso.com', name: 'Trainer of R&D <1>' }],
      body: { format: 'text', content: 'For R&D <1>' },
      reminder: { minutesBefore: 30 },
      categories: ['Training', 'R&D <1>'],
    });
  });

  it('escapes values in HTML', async () => {
    const { body } = await madeBy(fromTemplate({ text: TRAINING }), GERMAN);
    expect(body).toEqual({
      format: 'html',
      content: '<p title="R&#38;D &#60;1&#62;">Für <b>R&#38;D &#60;1&#62;</b></p>',
    });
  });

  it('lets no value become markup', () => {
    const text = JSON.stringify({
      subject: 'A',
      start: { dateTime: '2027-03-01T09:00', timeZone: 'UTC' },
      end: { dateTime: '2027-03-01T09:00', timeZone: 'UTC' },
      body: { html: '<i a={{v}} b=\'{{v}}\' c="{{v}}">{{v}}</i>' },
    });
    const factory = fromTemplate({ text });
    fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...`<>&"'\`= a/`) }), async (v) => {
        const { body } = await madeBy(factory, { smtp: 'beth@contoso.com', attributes: { v } });
        const value = /^<i a=(?<bare>[^<>"'`=]*) b='(?<one>[^']*)' c="(?<two>[^"]*)">(?<text>[^<>]*)<\/i>$/.exec(
          body?.content ?? '',
        );
        const decoded = value?.groups?.['text']?.replaceAll(/&#(\d+);/g, (_, code) =>
          String.fromCodePoint(Number(code)),
        );
        expect(decoded).toBe(v);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it.each(['team', 'constructor', '__proto__', 'Team'])(
    'refuses a mailbox without the attribute {{%s}}',
    async (name) => {
      const text = TRAINING.replace('{{ team }}', `{{${name}}}`);
      const mailbox = { smtp: 'carl@contoso.com', attributes: { day: '2027-03-01' } };
      const failed = await madeBy(fromTemplate({ text }), mailbox).catch((error: unknown) => error);
      expect(failed).toMatchObject({ code: 'invalid_appointment', field: 'subject', mailbox: 'carl@contoso.com' });
      expect(String(failed)).toContain(`{{${name}}}`);
    },
  );

  it('takes an attribute that is empty', async () => {
    const { location } = await madeBy(fromTemplate({ text: TRAINING }), {
      ...BETH,
      attributes: { ...BETH.attributes, room: '' },
    });
    expect(location).toBe('');
  });

  it('reads a file in YAML or JSON, with files to attach', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'appointed-template-'));
    try {
      const file = join(folder, 'lesson.json');
      writeFileSync(
        file,
        `\uFEFF${JSON.stringify({ subject: 'Lesson', start: { date: '2027-03-01' }, end: { date: '2027-03-01' } })}`,
      );
      expect(await madeBy(fromTemplate({ file }))).toMatchObject({ subject: 'Lesson', isAllDay: true });
    } finally {
      rmSync(folder, { recursive: true });
    }
    const text = `subject: '{{team}}'\nstart: { date: 2027-03-01 }\nend: { date: 2027-03-01 }\nattachments: [{ name: a.txt, content: !!binary aGk= }]`;
    expect(await madeBy(fromTemplate({ text }), BETH)).toMatchObject({ attachments: [{ size: 2 }] });
  });

  it.each([
    ['no file', { file: '/nowhere/lesson.yaml' }, 'invalid_options file'],
    ['neither file nor text', {} as never, 'invalid_options file'],
    ['no YAML', { text: 'a: [' }, 'invalid_options text'],
    ['a field that needs quotes', { text: 'location: {{room}}' }, 'invalid_options text'],
    ['a list', { text: '- a' }, 'invalid_options text'],
    ['a member twice', { text: 'subject: A\nsubject: B' }, 'invalid_options text'],
    ['a field without an end', { text: `subject: 'A {{team'` }, 'invalid_options subject'],
    ['a field without a name', { text: `categories: ['{{ }}']` }, 'invalid_options categories[0]'],
    ['a field of no appointment', { text: 'subjekt: A' }, 'invalid_appointment subjekt'],
  ])('is refused with %s, when it is made', async (_what, options, code) => {
    expect(await codeOf(() => fromTemplate(options))).toBe(code);
  });

  it('has a version of what it says, and not of how it is written', () => {
    const { version } = fromTemplate({ text: TRAINING });
    expect(fromTemplate({ text: TRAINING.replace('# What everybody gets.', '') }).version).toBe(version);
    expect(fromTemplate({ text: TRAINING.replace('First', 'Second') }).version).not.toBe(version);
  });
});

factorySuite(
  { describe, it },
  { name: 'template', make: () => fromTemplate({ text: TRAINING }), mailboxes: [BETH, GERMAN] },
);
