import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, records, type Workplace } from './workplace.js';

const JUERGEN = 'jürgen@contoso.com';
const BETH = 'beth@contoso.com';
const ROWS = `Name;E-Mail;Abteilung\r\n"Jürgen ""J"" Müller; Köln";${JUERGEN};Süd\r\n;;\r\n\r\nBeth;${BETH};Nord\r\n"Beth";"${BETH}";Nord\r\n`;

/** A hundred thousand in a trial. */
const MANY = process.env['APPOINTED_TRIALS'] === undefined ? 10_000 : 100_000;

describe('a list of mailboxes', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace([]);
  });
  afterAll(() => place[Symbol.asyncDispose]());

  /** What a preview says of a list: subjects by mailbox, and the codes of what is wrong. */
  async function previewed(
    args: readonly string[],
    input?: string | Uint8Array,
  ): Promise<{ readonly subjects: readonly string[]; readonly codes: readonly unknown[]; readonly error: string }> {
    const ended = await place.appointed(['preview', '-f', 'lesson', '--json', ...args], input);
    const all = records(ended);
    const planned = all.filter(({ type }) => type === 'planned');
    return {
      subjects: planned.map(
        ({ mailbox, appointment }) => `${mailbox}: ${(appointment as { subject: string }).subject}`,
      ),
      codes: all.filter(({ type }) => type === 'finding' || type === 'error').map(({ code }) => code),
      error: ended.stderr,
    };
  }

  const expected = [`${JUERGEN}: Lesson for Jürgen "J" Müller; Köln`, `${BETH}: Lesson for Beth`];

  it('may come from Excel: byte order mark, semicolons, quotes, CRLF, umlauts, empty and repeated rows', async () => {
    await place.write('excel.csv', `\ufeff${ROWS}`);
    const { subjects, codes } = await previewed(['-m', 'excel.csv']);
    expect(subjects).toEqual(expected);
    expect(codes).toEqual(['duplicate_mailbox']);
  });

  it('may be written in Windows-1252, with a line that says what separates', async () => {
    await place.write('ansi.csv', Buffer.from(`sep=;\r\n${ROWS}`, 'latin1'));
    expect((await previewed(['-m', 'ansi.csv'])).subjects).toEqual(expected);
  });

  it('may be Unicode text of Excel: UTF-16 and tabs', async () => {
    const tabs = ROWS.replaceAll(/;(?! Köln)/g, '\t');
    await place.write('unicode.txt', Buffer.from(`\ufeff${tabs}`, 'utf16le'));
    expect((await previewed(['-m', 'unicode.txt'])).subjects).toEqual(expected);
  });

  it('may be JSON lines', async () => {
    const lines = [
      `"carl@contoso.com"`,
      `{"smtp":"${BETH}","attributes":{"Name":"B"}}`,
      `{"Name":"J","mail":"${JUERGEN}","n":3}`,
    ];
    const { subjects } = await previewed(['-m', '-'], `${lines.join('\n')}\n\n`);
    expect(subjects).toEqual([
      'carl@contoso.com: Lesson for everybody',
      `${BETH}: Lesson for B`,
      `${JUERGEN}: Lesson for J`,
    ]);
  });

  it('may be one address a line, and what is none is told with its row', async () => {
    const { subjects, codes } = await previewed(['-m', '-'], `\n${BETH}\nnobody at all\n\n`);
    expect(subjects).toEqual([`${BETH}: Lesson for everybody`]);
    expect(codes).toEqual(['invalid_mailbox']);
  });

  it('says to people what is wrong with each row, with its code, and once what to do', async () => {
    const { stdout } = await place.appointed(['preview', '-f', 'lesson', '-m', '-'], `${BETH}\nnobody\nnobody else\n`);
    expect(stdout.match(/^error {5}\[invalid_mailbox\] row \d "nobody/gm)).toHaveLength(2);
    expect(stdout.match(/^ {10}Correct the row, or take it out of the list\.$/gm)).toHaveLength(1);
  });

  it('may name its mailboxes in a column that is chosen', async () => {
    const two = `Name,Private,Work\nBeth,beth@home.example,${BETH}\n`;
    expect(await previewed(['-m', '-'], two)).toMatchObject({ subjects: [], codes: ['column_unclear'] });
    expect((await previewed(['-m', '-', '--column', 'work'], two)).subjects).toEqual([`${BETH}: Lesson for Beth`]);
  });

  it('that is broken is refused with the line', async () => {
    const { codes, error } = await previewed(['-m', '-'], `Name,Mail\n"Beth,${BETH}\n`);
    expect(codes).toEqual(['list_unreadable']);
    expect(error).toContain('line 2');
    expect(await previewed(['-m', 'nowhere.csv'])).toMatchObject({ codes: ['file_failed'] });
  });

  it(`may have ${MANY} rows, which are not kept`, async () => {
    const rows = Array.from({ length: MANY }, (_, row) => `Person ${row},person-${row}@contoso.com,${'x'.repeat(20)}`);
    await place.write('large.csv', `Name,Mail,Note\n${rows.join('\n')}\n`);
    const ended = await place.published(['preview', '-f', 'lesson', '--json', '-m', 'large.csv', '--first', '1']);
    expect(ended.stderr).toBe('');
    expect(records(ended).at(-1)).toMatchObject({
      type: 'plan',
      counts: { rows: MANY, mailboxes: MANY, errors: 0 },
    });
  }, 90_000);
});
