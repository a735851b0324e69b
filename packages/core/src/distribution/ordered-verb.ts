import type { Task } from '../ledger/placement-row.js';
import type { RunManifest } from '../ledger/run-manifest.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { mailboxName } from '../mailbox/mailbox-name.js';
import { namesOf } from '../verbs/slot-names.js';
import type { Verb } from '../verbs/verb.js';
import type { WorkOrder } from './work-order.js';

const TASKS: Readonly<Record<WorkOrder['verb'], Task>> = {
  run: 'place',
  reconcile: 'place',
  revise: 'update',
  retract: 'remove',
};

/** A verb as those know it who work on some placements of its run: it was begun elsewhere, and ends there. */
export class OrderedVerb implements Verb {
  readonly name: WorkOrder['verb'];
  readonly task: Task;
  readonly #manifest: RunManifest;
  readonly #leavers: ReadonlySet<string>;
  readonly #fate: 'keep' | 'remove' | undefined;

  constructor({ verb, manifest, leavers }: WorkOrder) {
    this.name = verb;
    this.task = TASKS[verb];
    this.#manifest = manifest;
    this.#leavers = new Set(leavers?.mailboxes);
    this.#fate = leavers?.fate;
  }

  manifest(): RunManifest {
    return this.#manifest;
  }

  check(): void {
    // Whoever has given the order has checked it.
  }

  slots(): readonly [string, ...string[]] {
    return namesOf(this.#manifest.slots);
  }

  begin(): Promise<void> {
    return Promise.resolve();
  }

  leaver(mailbox: Mailbox): 'keep' | 'remove' | undefined {
    return this.#leavers.has(mailboxName(mailbox)) ? this.#fate : undefined;
  }
}
