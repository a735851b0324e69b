import {
  bothText,
  type ExchangeAnswers,
  exchangeText,
  indented,
  type OnlineAnswers,
  onlineText,
  type TransportText,
} from './transport-text.js';

/** What is to be known for a first configuration: where mailboxes live, on one side at least. */
export interface InitAnswers {
  readonly exchange?: ExchangeAnswers | undefined;
  readonly online?: OnlineAnswers | undefined;
  /** The column of lists that says where a mailbox lives, where they live on both sides. */
  readonly where?: string | undefined;
  readonly factory: string;
}

export function transportText({ exchange, online, where }: InitAnswers): TransportText {
  if (exchange !== undefined && online !== undefined) {
    return bothText(exchangeText(exchange), onlineText(online), where);
  }
  if (exchange !== undefined) return exchangeText(exchange);
  if (online !== undefined) return onlineText(online);
  throw new TypeError('mailboxes live somewhere');
}

/** The text of a first configuration. */
export function configText({ factory }: InitAnswers, { imports, expression }: TransportText): string {
  return `import { defineConfig, secret, setting } from '@appointed/cli';
${imports.join('\n')}
import first from './factories/${factory}.js';

// Secrets stand in the environment, or in a file that NAME_FILE names; never here.
export default defineConfig({
  transport: () =>
    ${indented(indented(expression))},
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
