import { readFileSync } from 'node:fs';
import * as sandbox from '@appointed/sandbox';
import * as fixtures from '@appointed/sandbox/vitest';
import { describe, expect, test } from 'vitest';

// A red test here means: what people rely on has changed. Make it deliberate.
describe('the public surface of the sandbox', () => {
  test('has these exports', () => {
    expect(Object.keys(sandbox).toSorted()).toEqual(['startSandbox']);
    expect(Object.keys(fixtures).toSorted()).toEqual(['contoso', 'sandboxTest']);
  });

  test('has these paths, one command, and vitest only where it is asked for', () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(Object.keys(manifest.exports)).toEqual(['.', './vitest', './package.json']);
    expect(Object.keys(manifest.bin)).toEqual(['appointed-sandbox']);
    expect(manifest.peerDependenciesMeta).toEqual({ vitest: { optional: true } });
  });

  test('a running sandbox has these members', async () => {
    await using running = await sandbox.startSandbox();
    expect(Object.keys(running).toSorted()).toEqual([
      'close',
      'control',
      'ewsUrl',
      'graphUrl',
      'items',
      'port',
      'randomSeed',
      'tokenUrl',
      'url',
    ]);
    expect(Object.getOwnPropertyNames(Object.getPrototypeOf(running.control)).toSorted()).toEqual(
      [
        'addFault',
        'advanceClock',
        'answer',
        'applications',
        'constructor',
        'copy',
        'createApplication',
        'createFolder',
        'createMailbox',
        'createServiceAccount',
        'delete',
        'dismissReminder',
        'edit',
        'faults',
        'items',
        'mails',
        'meetingMails',
        'mailboxes',
        'move',
        'now',
        'quiet',
        'removeApplication',
        'removeFault',
        'removeMailbox',
        'removeServiceAccount',
        'report',
        'requests',
        'reset',
        'serviceAccounts',
        'setClock',
        'setFaults',
        'settle',
        'signIns',
        'switchFault',
      ].toSorted(),
    );
  });
});
