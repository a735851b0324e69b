import {
  type Access,
  type AppointmentTransport,
  type Call,
  type Diagnosis,
  type DiagnosisRequest,
  type Found,
  type Mailbox,
  type Outcome,
  type Receipt,
  type Removal,
  type Route,
  type SaveRequest,
  type Similar,
  type StoredItem,
  type TransportCapabilities,
  type Update,
} from '@appointed/core';
import { Conversation, mailboxLane } from './conversation.js';
import type { Site } from './diagnosis/site.js';
import { GraphClient } from './graph-client.js';
import type { GraphOptions } from './graph-options.js';
import { refuseOption } from './refuse-option.js';
import { serviceAddress } from './service-address.js';
import { check } from './verbs/check.js';
import { find } from './verbs/find.js';
import { hasSimilar } from './verbs/has-similar.js';
import { read } from './verbs/read.js';
import { remove } from './verbs/remove.js';
import { save } from './verbs/save.js';
import { UNCHANGEABLE, update } from './verbs/update.js';
import { zone } from './verbs/zone.js';

/** In Base64 a third more, of the 4 MB that Graph takes in a request: what is left is for the event. */
const MAX_ATTACHMENT_BYTES = 3_000_000;

/** Microsoft's limits: for an application, and for an application and a mailbox. Of four at once one is left to others. */
const APPLICATION_BUDGET = { requests: 130_000, perMs: 10_000 };
const MAILBOX_BUDGET = { requests: 10_000, perMs: 600_000 };
const MAILBOX_IN_FLIGHT = 3;

/** The transport of Microsoft Graph. */
export class GraphTransport implements AppointmentTransport {
  readonly name = 'graph';
  readonly #client: GraphClient;
  readonly #capabilities: TransportCapabilities;
  readonly #applicationLane: Route['lanes'][number];
  readonly #savesDrafts: boolean;
  readonly #comment: string | undefined;
  readonly #site: Site;

  constructor({ credential, baseUrl, unsentMeetings, cancellationComment }: GraphOptions) {
    const address = serviceAddress(baseUrl);
    if (typeof credential?.getToken !== 'function') throw refuseOption('credential', 'has no getToken');
    if (unsentMeetings !== undefined && unsentMeetings !== 'draft')
      throw refuseOption('unsentMeetings', 'can only be draft');
    this.#client = new GraphClient(address, credential);
    this.#site = { address, credential, about: (mailbox, call) => this.#about(mailbox, call) };
    this.#savesDrafts = unsentMeetings === 'draft';
    this.#comment = cancellationComment;
    this.#applicationLane = { id: `graph:app:${address.host}`, shared: true, budget: APPLICATION_BUDGET };
    this.#capabilities = Object.freeze({
      sendModes: this.#savesDrafts ? (['none', 'allAndSaveCopy'] as const) : (['allAndSaveCopy'] as const),
      maxItemsPerSave: 1,
      maxAttachmentBytes: MAX_ATTACHMENT_BYTES,
      onlineMeetings: true,
      unchangeableFields: UNCHANGEABLE,
    });
  }

  route(mailbox: Mailbox): Route {
    const own = { id: mailboxLane(mailbox), maxInFlight: MAILBOX_IN_FLIGHT, budget: MAILBOX_BUDGET };
    return { capabilities: this.#capabilities, lanes: [this.#applicationLane, own] };
  }

  save(request: SaveRequest, call: Call): Promise<readonly Outcome<Receipt>[]> {
    return save(this.#about(request.mailbox, call), request, this.#savesDrafts);
  }

  find(mailbox: Mailbox, keys: readonly string[], call: Call): Promise<Outcome<readonly Found[]>> {
    return find(this.#about(mailbox, call), keys);
  }

  read(mailbox: Mailbox, itemIds: readonly string[], call: Call): Promise<Outcome<readonly (StoredItem | 'gone')[]>> {
    return read(this.#about(mailbox, call), itemIds);
  }

  update(mailbox: Mailbox, wanted: Update, call: Call): Promise<Outcome<Receipt | 'gone' | 'conflict'>> {
    return update(this.#about(mailbox, call), mailbox, wanted);
  }

  remove(mailbox: Mailbox, removal: Removal, call: Call): Promise<Outcome<'removed' | 'gone'>> {
    return remove(this.#about(mailbox, call), mailbox, removal, this.#comment);
  }

  hasSimilar(mailbox: Mailbox, similar: Similar, call: Call): Promise<Outcome<boolean>> {
    return hasSimilar(this.#about(mailbox, call), similar);
  }

  check(mailbox: Mailbox, call: Call): Promise<Outcome<Access>> {
    return check(this.#about(mailbox, call));
  }

  zone(mailbox: Mailbox, call: Call): Promise<Outcome<string | undefined>> {
    return zone(this.#about(mailbox, call));
  }

  /** Examines address, certificate, clock, sign-in, permissions and mailboxes; codes are {@link GRAPH_DIAGNOSIS_CODES}. */
  async *diagnose(request: DiagnosisRequest): AsyncGenerator<Diagnosis> {
    // Runs do without it.
    const { diagnose } = await import('./diagnosis/diagnose.js');
    yield* diagnose(this.#site, request);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #about(mailbox: Mailbox, call: Call): Conversation {
    return new Conversation(this.#client, mailbox, call);
  }
}
