import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { readFaultFile } from '../src/faults/fault-file.js';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-faults-'));
const bin = fileURLToPath(new URL('../src/bin.ts', import.meta.url));

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command with flags that it refuses. @returns what it says, and its exit code */
function refused(...flags: string[]): [text: string, code: number | null] {
  const args = ['--conditions=@appointed/source', '--import', import.meta.resolve('tsx'), bin, ...flags];
  const { stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return [stderr, status];
}

test.for<[content: string, complaint: string]>([
  ['[{"fault": "busy", "probabilty": 1}]', 'faults.json: faults[0].probabilty: is unknown; known are name, operation'],
  ['[', 'faults.json: Unexpected end of JSON input'],
])('a file with %s is refused, and the error names what is wrong', ([content, complaint]) => {
  const file = join(folder, 'faults.json');
  writeFileSync(file, content);
  expect(() => readFaultFile(file)).toThrow(complaint);
});

test('the command refuses a file that is not there, and a seed that is no number', () => {
  const complaint = 'appointed-sandbox: none.json: cannot be read; give --faults the path of a JSON';
  expect(refused('--faults', 'none.json')).toEqual([expect.stringContaining(complaint), 1]);
  expect(refused('--random-seed', 'seven')).toEqual([
    expect.stringContaining('give a whole number from 0 to 2147483647'),
    1,
  ]);
});
