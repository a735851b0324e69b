import { readFileSync } from 'node:fs';
import * as core from '@appointed/core';
import type { EventName } from '@appointed/core';
import { describe, expect, it } from 'vitest';

// A red test here means: what programs rely on has changed. Make it deliberate: a changeset, and perhaps a major version.
describe('the public surface', () => {
  it('has these exports', () => {
    expect(Object.keys(core).toSorted()).toEqual([
      'AppointedError',
      'CLOCK',
      'DISTRIBUTOR',
      'ERROR_CODES',
      'KEY_PROPERTY',
      'LEDGER',
      'LEDGER_FORMAT',
      'NOTHING',
      'PACER',
      'PLACEMENT_STATES',
      'TASKS',
      'TRANSPORT',
      'adaptivePacer',
      'attendeeCount',
      'createRunWorker',
      'createRunner',
      'createToken',
      'digestFields',
      'fixedPacer',
      'inMailboxZone',
      'isNativeAppointment',
      'memoryLedger',
      'nativeAppointment',
      'parseAppointment',
      'parseMailbox',
      'placementKey',
      'placementUid',
      'provide',
      'resolve',
    ]);
  });

  it('has these error codes', () => {
    expect([...core.ERROR_CODES].toSorted()).toEqual([
      'aborted',
      'audience_incomplete',
      'changed_by_owner',
      'claim_lost',
      'connection_failed',
      'connection_lost',
      'duplicate_mailbox',
      'end_before_start',
      'excluded',
      'exists_already',
      'factory_changed',
      'factory_failed',
      'factory_returned_nothing',
      'factory_unresolvable',
      'invalid_appointment',
      'invalid_mailbox',
      'invalid_options',
      'ledger_failed',
      'ledger_too_new',
      'mailboxes_failed',
      'native_reused',
      'not_a_mailbox',
      'not_approved',
      'not_placed',
      'not_wanted',
      'on_placement_failed',
      'paused',
      'plan_changed',
      'removed_by_owner',
      'resource_conflict',
      'response_unreadable',
      'run_held',
      'run_mismatch',
      'run_retracted',
      'run_unfinished',
      'run_unknown',
      'same_mailbox',
      'server_busy',
      'server_failed',
      'server_rejected',
      'sign_in_failed',
      'starts_in_past',
      'time_is_up',
      'timed_out',
      'too_many_failures',
      'too_many_invitations',
      'too_many_leavers',
      'too_many_mailboxes',
      'too_many_online_meetings',
      'too_many_rejections',
      'transport_failed',
      'unknown_time_zone',
      'unsupported',
    ]);
  });

  it('has these events', () => {
    // The type checker refuses one too many and one too few.
    const events: Record<EventName, true> = {
      differenceFound: true,
      duplicatesFound: true,
      findingMade: true,
      listenerFailed: true,
      paceChanged: true,
      placementDeferred: true,
      placementFound: true,
      placementRejected: true,
      placementRemoved: true,
      placementSaved: true,
      placementSkipped: true,
      placementStarted: true,
      placementUnknown: true,
      placementUpdated: true,
      rowSkipped: true,
      runEnded: true,
      runStarted: true,
    };
    expect(Object.keys(events)).toHaveLength(17);
  });

  it('has these tokens', () => {
    expect(
      [core.TRANSPORT, core.PACER, core.CLOCK, core.LEDGER, core.DISTRIBUTOR].map((token) => Symbol.keyFor(token)),
    ).toEqual([
      'appointed.transport',
      'appointed.pacer',
      'appointed.clock',
      'appointed.ledger',
      'appointed.distributor',
    ]);
  });

  it('has these paths', () => {
    const { name, exports, publishConfig, sideEffects } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    );
    expect(name).toBe('@appointed/core');
    expect(Object.keys(exports)).toEqual(['.', './package.json']);
    expect(Object.keys(publishConfig.exports)).toEqual(['.', './package.json']);
    expect(Object.keys(publishConfig.exports['.'])).toEqual(['types', 'default']);
    // A runner loads reflect-metadata, which a bundler must not drop.
    expect(sideEffects).not.toBe(false);
  });
});
