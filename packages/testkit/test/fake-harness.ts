import type { AppointmentTransport, TransportCapabilities } from '@appointed/core';
import { AppointedError } from '@appointed/core';
import {
  type FakeAnswer,
  type FakeTransport,
  fakeTransport,
  type TransportHarness,
  type TransportUnderTest,
} from '@appointed/testkit';

const address = (n: number): string => `mailbox-${n}@contoso.com`;
const CAPABILITIES: TransportCapabilities = {
  sendModes: ['none', 'all', 'allAndSaveCopy'],
  maxItemsPerSave: 10,
  maxAttachmentBytes: 32 * 1024 * 1024,
  onlineMeetings: true,
};

/** Wraps the fake, so that a test can break one of its methods. */
export type Wrap = (fake: FakeTransport) => AppointmentTransport;

export function fakeHarness(
  wrap: Wrap = (fake) => fake,
  patienceMs = 10_000,
  capabilities = CAPABILITIES,
): TransportHarness {
  return {
    name: 'fake',
    capabilities,
    faults: ['silent', 'answersLost'],
    ownerDeeds: ['move', 'copy', 'delete', 'edit'],
    patienceMs,
    open: () => Promise.resolve(underTest(wrap, capabilities)),
  };
}

function underTest(wrap: Wrap, capabilities: TransportCapabilities): TransportUnderTest {
  let answer: FakeAnswer = {};
  let arrive: (() => void) | undefined;
  const fake = fakeTransport({
    unknown: ['unknown@contoso.com'],
    denied: ['denied@contoso.com'],
    capabilities,
    zones: { [address(1)]: 'Europe/Berlin' },
    script: () => {
      arrive?.();
      return answer;
    },
  });
  return {
    transport: wrap(fake),
    mailbox: address,
    unknown: 'unknown@contoso.com',
    denied: 'denied@contoso.com',
    zones: [undefined, 'Europe/Berlin'],
    stored: (mailbox) => Promise.resolve(fake.stored(mailbox.id).map(({ subject, key }) => ({ subject, key }))),
    takeServerAway() {
      answer = { outcome: { kind: 'deferred', error: new AppointedError('connection_failed', 'nobody listens') } };
      return Promise.resolve();
    },
    silence() {
      answer = { after: 'never' };
      return Promise.resolve({ arrived: new Promise<void>((resolve) => (arrive = resolve)) });
    },
    loseAnswers() {
      answer = { stored: true, outcome: { kind: 'unknown', error: new AppointedError('connection_lost', 'cut') } };
      return Promise.resolve();
    },
    owner: {
      move: async ({ id }, itemId) => void fake.owner.move(id, itemId),
      copy: async ({ id }, itemId) => void fake.owner.copy(id, itemId),
      delete: async ({ id }, itemId) => void fake.owner.delete(id, itemId),
      edit: async ({ id }, itemId, subject) => void fake.owner.edit(id, itemId, { subject }),
    },
    close: () => fake.close(),
  };
}
