export const SIGN_INS = ['ntlm', 'basic', 'bearer', 'kerberos'] as const;
/** How the service account signs in. */
export type SignInKind = (typeof SIGN_INS)[number];

/** What is to be known for a first configuration. */
export interface InitAnswers {
  readonly url: string;
  readonly signIn: SignInKind;
  readonly factory: string;
}

const ACCOUNT = "({ user: setting('EWS_USER'), password: secret('EWS_PASSWORD') })";
const CREDENTIALS: Readonly<Record<SignInKind, string>> = {
  ntlm: `ntlm${ACCOUNT}`,
  basic: `basic${ACCOUNT}`,
  bearer: "bearer(async () => secret('EWS_TOKEN'))",
  kerberos: 'kerberos()',
};

const SET_ACCOUNT = 'Set EWS_USER and EWS_PASSWORD (or EWS_PASSWORD_FILE)';
/** What is still to be done before somebody can sign in. */
export const PREPARATIONS: Readonly<Record<SignInKind, string>> = {
  ntlm: SET_ACCOUNT,
  basic: SET_ACCOUNT,
  bearer: 'Set EWS_TOKEN (or EWS_TOKEN_FILE)',
  kerberos: 'Install the package kerberos beside the command, get a ticket with kinit',
};

/** The text of a first configuration. */
export function configText({ url, signIn, factory }: InitAnswers): string {
  return `import { defineConfig, secret, setting } from '@appointed/cli';
import { ${[signIn, 'ews'].sort().join(', ')} } from '@appointed/transport-ews';
import first from './factories/${factory}.js';

// Secrets stand in the environment, or in a file that NAME_FILE names; never here.
export default defineConfig({
  transport: () =>
    ews({
      url: setting('EWS_URL', '${new URL(url).href.replaceAll("'", '%27')}'),
      credentials: ${CREDENTIALS[signIn]},
    }),
  // The ledger is .appointed/ledger.sqlite beside this file, unless another is given here.
  factories: { ${/^[A-Za-z_]\w*$/.test(factory) ? factory : `'${factory}'`}: first },
});
`;
}

/** The text of a first factory. */
export function factoryText(): string {
  return `import type { AppointmentInput, FactoryContext, IAppointmentFactory } from '@appointed/core';

/** What everybody gets. The columns of the list are in mailbox.attributes. */
class Lesson implements IAppointmentFactory {
  /** Change it with what the factory makes: a run is not continued with another version. */
  readonly version = '1';

  getAppointment({ mailbox }: FactoryContext): AppointmentInput {
    const { Name = 'you' } = mailbox.attributes;
    return {
      subject: \`Tennis lesson for \${Name}\`,
      start: { dateTime: '2027-03-01T09:00', timeZone: 'Europe/Berlin' },
      end: { dateTime: '2027-03-01T10:00', timeZone: 'Europe/Berlin' },
      location: 'Tennis club',
    };
  }
}

export default new Lesson();
`;
}
