import { type TestAPI, test } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from './index.js';

/** What {@link sandboxTest} gives to a test. */
export interface SandboxFixtures {
  /** How this test's sandbox starts; override it with `sandboxTest.extend({ sandboxOptions: { … } })`. */
  sandboxOptions: SandboxOptions;
  /** A sandbox of this test's own, closed when the test has ended. */
  sandbox: Sandbox;
}

/**
 * The organisation that tests live in unless they bring their own: Alfred, Berta and a room at contoso.com, and a
 * service account `svc` with the password `secret` that may impersonate all of them, as
 * the application `app` with the client secret `secret` may use their mailboxes.
 */
export const contoso: Pick<Required<SandboxOptions>, 'mailboxes' | 'serviceAccounts' | 'applications'> = {
  mailboxes: [
    { address: 'alfred@contoso.com', name: 'Alfred', timeZone: 'Europe/Berlin' },
    { address: 'berta@contoso.com', name: 'Berta', timeZone: 'America/New_York' },
    { address: 'room1@contoso.com', name: 'Room 1', room: true },
  ],
  serviceAccounts: [{ user: 'svc', password: 'secret', token: 'token', impersonates: ['*@contoso.com'] }],
  applications: [{ clientId: 'app', clientSecret: 'secret', mailboxes: ['*@contoso.com'] }],
};

/** Vitest's `test` with a sandbox for each test that asks for one: `sandboxTest('…', async ({ sandbox }) => { … })`. */
export const sandboxTest: TestAPI<SandboxFixtures> = test.extend<SandboxFixtures>({
  sandboxOptions: contoso,
  sandbox: async ({ sandboxOptions }, use) => {
    const sandbox = await startSandbox(sandboxOptions);
    try {
      await use(sandbox);
    } finally {
      await sandbox.close();
    }
  },
});
