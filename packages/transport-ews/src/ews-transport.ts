import {
  type Access,
  AppointedError,
  type AppointmentTransport,
  type Call,
  type Diagnosis,
  type DiagnosisRequest,
  type Found,
  type IAppointmentFactory,
  type Mailbox,
  type Outcome,
  type Receipt,
  type Removal,
  type Route,
  type SaveRequest,
  type Similar,
  type StoredItem,
  type Update,
} from '@appointed/core';
import { Conversation } from './conversation.js';
import { EwsCredentials } from './credentials/credentials.js';
import type { Site } from './diagnosis/site.js';
import { EwsClient } from './ews-client.js';
import type { EwsOptions } from './ews-options.js';
import { isNativeFactory, NativeAppointmentFactory, type NativeFactory } from './native/native-factory.js';
import { MailboxLane } from './mailbox-lane.js';
import { serviceAddress } from './service-address.js';
import { check } from './verbs/check.js';
import { find } from './verbs/find.js';
import { hasSimilar } from './verbs/has-similar.js';
import { read } from './verbs/read.js';
import { remove } from './verbs/remove.js';
import { save } from './verbs/save.js';
import { UNCHANGEABLE, update } from './verbs/update.js';
import { zone } from './verbs/zone.js';

/** Microsoft's advice for the number of items in one request. */
const MAX_ITEMS_PER_SAVE = 10;

/** In Base64 a third more: two thirds of the 64 MB that servers take in a request as they are installed. */
const MAX_ATTACHMENT_BYTES = 32 * 1024 * 1024;

const CAPABILITIES: Route['capabilities'] = Object.freeze({
  sendModes: ['none', 'all', 'allAndSaveCopy'] as const,
  maxItemsPerSave: MAX_ITEMS_PER_SAVE,
  maxAttachmentBytes: MAX_ATTACHMENT_BYTES,
  unchangeableFields: UNCHANGEABLE,
  nativeAppointments: ['ews'],
});

/** The transport of Exchange Web Services. */
export class EwsTransport implements AppointmentTransport {
  readonly name = 'ews';
  readonly #client: EwsClient;
  readonly #site: Site;
  readonly #lanes: Route['lanes'];

  constructor(options: EwsOptions) {
    const address = serviceAddress(options);
    if (!(options.credentials instanceof EwsCredentials)) {
      throw new AppointedError('invalid_options', 'credentials are not made by ntlm, kerberos, basic or bearer', {
        field: 'credentials',
      });
    }
    const { credentials, ca } = options;
    this.#site = { address, credentials, ca, as: (mailbox, call) => this.#as(mailbox, call) };
    this.#client = new EwsClient(address, credentials, ca);
    this.#lanes = [{ id: `ews:host:${address.host}` }, { id: `ews:identity:${credentials.account}`, shared: true }];
  }

  route(mailbox: Mailbox): Route {
    return { capabilities: CAPABILITIES, lanes: [...this.#lanes, new MailboxLane(mailbox)] };
  }

  save(request: SaveRequest, call: Call): Promise<readonly Outcome<Receipt>[]> {
    return save(this.#as(request.mailbox, call), request);
  }

  find(mailbox: Mailbox, keys: readonly string[], call: Call): Promise<Outcome<readonly Found[]>> {
    return find(this.#as(mailbox, call), keys);
  }

  read(mailbox: Mailbox, itemIds: readonly string[], call: Call): Promise<Outcome<readonly (StoredItem | 'gone')[]>> {
    return read(this.#as(mailbox, call), itemIds);
  }

  update(mailbox: Mailbox, wanted: Update, call: Call): Promise<Outcome<Receipt | 'gone' | 'conflict'>> {
    return update(this.#as(mailbox, call), wanted);
  }

  remove(mailbox: Mailbox, removal: Removal, call: Call): Promise<Outcome<'removed' | 'gone'>> {
    return remove(this.#as(mailbox, call), removal);
  }

  hasSimilar(mailbox: Mailbox, similar: Similar, call: Call): Promise<Outcome<boolean>> {
    return hasSimilar(this.#as(mailbox, call), similar);
  }

  check(mailbox: Mailbox, call: Call): Promise<Outcome<Access>> {
    return check(this.#as(mailbox, call), mailbox);
  }

  zone(mailbox: Mailbox, call: Call): Promise<Outcome<string | undefined>> {
    return zone(this.#as(mailbox, call));
  }

  /** Examines address, certificate, clock, sign-in, version, rights and mailboxes; codes are {@link EWS_DIAGNOSIS_CODES}. */
  async *diagnose(request: DiagnosisRequest): AsyncGenerator<Diagnosis> {
    // Runs do without it.
    const { diagnose } = await import('./diagnosis/diagnose.js');
    yield* diagnose(this.#site, request);
  }

  /**
   * Runs a factory written as in Microsoft's sample, unchanged, on the app's own ews-javascript-api (a peer dependency).
   * What it returns is escaped, keyed, sent and reported like everything else. Without attachments.
   */
  native(factory: NativeFactory): IAppointmentFactory {
    if (!isNativeFactory(factory)) {
      const message = 'a native factory has a method GetAppointment or getAppointment';
      const hint = 'Give an object that has it: of a class, native(new AppointmentFactory()).';
      throw new AppointedError('factory_unresolvable', message, { field: 'factory', hint });
    }
    return new NativeAppointmentFactory(factory, this.#site.address.href, this.name);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #as(mailbox: Mailbox, call: Call): Conversation {
    return new Conversation(this.#client, mailbox, call);
  }
}
