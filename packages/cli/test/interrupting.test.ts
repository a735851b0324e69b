import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCommand } from './built-command.js';
import { onTerminal as callOnTerminal, type Typing } from './on-terminal.js';
import { openWorkplace, people, type Workplace } from './workplace.js';

const EVERYBODY = people(40);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(5);
}

// On a machine that is busy each process takes seconds to start.
describe('on a terminal of 60 columns', { timeout: 60_000 }, () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace(EVERYBODY, [{ fault: 'latency', ms: 60 }]);
  });
  afterAll(() => place[Symbol.asyncDispose]());

  const onTerminal = (args: readonly string[], type: Typing): ReturnType<typeof callOnTerminal> =>
    callOnTerminal(place, args, { type, env: { NO_COLOR: '1' } });

  const saved = (): number => EVERYBODY.filter((one) => place.sandbox.items(one).length > 0).length;

  it('shows how far it is, finishes at Ctrl-C what is under way, and says how to go on', async () => {
    const args = ['place', '-m', 'people.csv', '-f', 'lesson', '--id', 'gentle', '--max-in-flight', '4'];
    const { code, shown } = await onTerminal(args, async (_shown, write) => {
      await until(() => saved() >= 5);
      write('\u0003');
    });
    expect(code).toBe(130);
    expect(shown).toMatch(/█* *░* ?\d+% · \d+ of 40 · [\d.]+\/s/);
    expect(shown).toMatch(/\d in flight · 0 refused · 0 retried/);
    const widest = Math.max(...shown.split(/\r?\n|\u001b\[\w*[A-Z]/).map((line) => line.length));
    expect(widest).toBeLessThan(140);
    const ledger = await place.published(['status', 'gentle', '--json']);
    expect(JSON.parse(ledger.stdout)).toMatchObject({ states: { done: saved(), unknown: 0, claimed: 0 } });
    const line = /To go on: appointed (resume gentle [^\r\n]*)/.exec(shown)?.[1] ?? '';
    expect(line).toBe('resume gentle --factory lesson --mailboxes people.csv');
    expect(await place.published(line.split(' '))).toMatchObject({ code: 0 });
    expect(place.items(...EVERYBODY)).toEqual(EVERYBODY.map(() => 1));
  });

  it('ends a preview that asks the server with 130, and without a plan', async () => {
    const args = ['preview', '-m', 'people.csv', '-f', 'lesson', '--check', '--max-in-flight', '1'];
    const before = place.sandbox.control.requests().length;
    const { code, shown } = await onTerminal(args, async (_shown, write) => {
      await until(() => place.sandbox.control.requests().length > before);
      write('\u0003');
    });
    expect(code).toBe(130);
    expect(shown).toContain('[paused] the preview was interrupted, and there is no plan');
  });

  it('stops at once at the second Ctrl-C, and loses nothing', async () => {
    place.sandbox.control.setFaults([{ fault: 'latency', ms: 700 }]);
    const args = ['place', '-m', 'people.csv', '-f', 'lesson', '--id', 'rude', '--max-in-flight', '4'];
    const began = Date.now();
    const { code, shown } = await onTerminal([...args, '--settle', '1', '--timeout', '2'], async (text, write) => {
      await until(() => /[1-4] in flight/.test(text()));
      write('\u0003');
      await until(() => text().includes('Ctrl-C again'));
      write('\u0003');
    });
    expect(code).toBe(130);
    expect(shown).toContain('Stopping at once.');
    expect(Date.now() - began).toBeLessThan(15_000);
    place.sandbox.control.setFaults([]);
    const again = ['resume', 'rude', '-m', 'people.csv', '-f', 'lesson', '--settle', '1', '--timeout', '2'];
    expect(await place.published(again)).toMatchObject({ code: 0 });
    expect(place.items(...EVERYBODY)).toEqual(EVERYBODY.map(() => 2));
  });

  it('books nobody twice, and nobody not, whenever it is interrupted', async () => {
    place.sandbox.control.setFaults([{ fault: 'latency', ms: 20 }]);
    const args = ['place', '-m', 'people.csv', '-f', 'lesson', '--id', 'random', '--settle', '0.5', '--timeout', '1'];
    const bin = await builtCommand();
    for (let time = 1; time <= 3; time += 1) {
      const child = spawn(process.execPath, [bin, ...args, '--max-in-flight', '2'], {
        cwd: place.directory,
        env: place.env,
      });
      const ended = once(child, 'exit');
      const ms = 300 + Math.random() * 700;
      await Promise.race([ended, delay(ms).then(() => child.kill('SIGINT'))]);
      if (Math.random() < 0.5) child.kill('SIGINT');
      const [code, signal] = await ended;
      expect([0, 130, 'SIGINT'], `interrupted after ${ms} ms`).toContain(signal ?? code);
    }
    expect(await place.published(args)).toMatchObject({ code: 0, stderr: '' });
    expect(place.items(...EVERYBODY)).toEqual(EVERYBODY.map(() => 3));
    place.sandbox.control.setFaults([]);
  });

  it('asks before it goes on after a canary', async () => {
    const args = ['place', '-m', 'people.csv', '-f', 'lesson', '--id', 'asked', '--canary', '2'];
    const { code, shown } = await onTerminal(args, async (text, write) => {
      await until(() => text().includes('Yes'));
      expect(saved()).toBe(40);
      write('y');
      write('\r');
    });
    expect([code, /their turn: 2 placed/.test(shown)]).toEqual([0, true]);
    expect(place.items(...EVERYBODY)).toEqual(EVERYBODY.map(() => 4));
  });
});
