import {
  AppointedError,
  type AppointmentTransport,
  type Call,
  type Found,
  type IAppointmentFactory,
  type Mailbox,
  type Outcome,
  type Receipt,
  type Removal,
  type Route,
  type SaveRequest,
} from '@appointed/core';
import { EwsCredentials } from './credentials/credentials.js';
import { EwsClient } from './ews-client.js';
import type { EwsOptions } from './ews-options.js';
import { find } from './find.js';
import { isNativeFactory, NativeAppointmentFactory, type NativeFactory } from './native/native-factory.js';
import { remove } from './remove.js';
import { save } from './save.js';
import { serviceAddress } from './service-address.js';

/** Microsoft's advice for the number of items in one request. */
const MAX_ITEMS_PER_SAVE = 10;

const CAPABILITIES: Route['capabilities'] = Object.freeze({
  sendModes: ['none', 'all', 'allAndSaveCopy'] as const,
  maxItemsPerSave: MAX_ITEMS_PER_SAVE,
  nativeAppointments: ['ews'],
});

/** The transport of Exchange Web Services. */
export class EwsTransport implements AppointmentTransport {
  readonly name = 'ews';
  readonly #client: EwsClient;
  readonly #address: string;
  readonly #lanes: Route['lanes'];

  constructor(options: EwsOptions) {
    const address = serviceAddress(options);
    if (!(options.credentials instanceof EwsCredentials)) {
      throw new AppointedError('invalid_options', 'credentials are not made by basic or bearer', {
        field: 'credentials',
      });
    }
    this.#address = address.href;
    this.#client = new EwsClient(address, options.credentials, options.ca);
    this.#lanes = [{ id: `ews:host:${address.host}` }, { id: `ews:identity:${options.credentials.account}` }];
  }

  route(mailbox: Mailbox): Route {
    return { capabilities: CAPABILITIES, lanes: [...this.#lanes, { id: mailboxLane(mailbox) }] };
  }

  save(request: SaveRequest, call: Call): Promise<readonly Outcome<Receipt>[]> {
    return save(this.#client, request, mailboxLane(request.mailbox), call);
  }

  find(mailbox: Mailbox, keys: readonly string[], call: Call): Promise<Outcome<readonly Found[]>> {
    return find(this.#client, mailbox, keys, mailboxLane(mailbox), call);
  }

  remove(mailbox: Mailbox, removal: Removal, call: Call): Promise<Outcome<'removed' | 'gone'>> {
    return remove(this.#client, mailbox, removal, mailboxLane(mailbox), call);
  }

  /**
   * Runs a factory written as in Microsoft's sample, unchanged, on the app's own ews-javascript-api (a peer dependency).
   * What it returns is escaped, keyed, sent and reported like everything else. Without attachments.
   */
  native(factory: NativeFactory): IAppointmentFactory {
    if (!isNativeFactory(factory)) {
      const message = 'a native factory has a method GetAppointment or getAppointment';
      throw new AppointedError('factory_unresolvable', message, { field: 'factory' });
    }
    return new NativeAppointmentFactory(factory, this.#address, this.name);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}

function mailboxLane({ id }: Mailbox): string {
  return `ews:mailbox:${id.toLowerCase()}`;
}
