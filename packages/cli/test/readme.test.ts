import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from './workplace.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const BLOCK = /^```(console|csv|ts)\b.*\n([\s\S]*?)^```$/gm;

interface Block {
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = [...readme.matchAll(BLOCK)].map(([, language = '', text = '']) => ({
  language,
  text,
}));

/** A command that somebody types, and what it prints. */
function callsIn(text: string): readonly { readonly args: readonly string[]; readonly lines: readonly string[] }[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((call) => call.trimEnd().split('\n'))
    .map(([line = '', ...lines]) => ({ args: line.split(' '), lines: lines.toSorted() }));
}

/** What differs from time to time: the hash of a plan begins with when it was made. */
function settled(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/--plan \S+/, '--plan'))
    .toSorted();
}

describe('the README of the command', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace(['alfred@contoso.com', 'beth@contoso.com', 'carl@contoso.com'], [], 'carl@contoso.com');
    for (const name of ['appointed.config.ts', 'factories']) rmSync(join(place.directory, name), { recursive: true });
    await place.write('people.csv', blocks.find(({ language }) => language === 'csv')?.text ?? '');
  });
  afterAll(() => place[Symbol.asyncDispose]());

  it('shows what its commands print, one after the other', async () => {
    const calls = blocks.filter(({ language }) => language === 'console').flatMap(({ text }) => callsIn(text));
    const own = calls.filter(({ args, lines }) => args[0] === 'appointed' && lines.length > 0);
    expect(own.map(({ args }) => args[1])).toEqual(['init', 'preview', 'place']);
    for (const { args, lines } of own) {
      const { stdout, stderr } = await place.appointed(args.slice(1));
      expect(settled(stdout + stderr)).toEqual(settled(lines.join('\n')));
    }
  });

  it('shows the configuration that init writes', async () => {
    const written = readFileSync(join(place.directory, 'appointed.config.ts'), 'utf8');
    expect(written).toBe(blocks.find(({ language }) => language === 'ts')?.text);
  });
});
