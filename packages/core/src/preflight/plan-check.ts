import { AppointedError } from '../error/appointed-error.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { Run } from '../pipeline/run.js';
import { contentOf } from './content-of.js';
import { PlanDigest } from './plan-digest.js';
import { planHash } from './plan-hash.js';

/**
 * Compares what a run is about to place with the plan that was approved for it, while its list is read and before
 * anything is placed. Holds nothing of the list.
 */
export class PlanCheck {
  readonly #run: Run;
  readonly #plan: string;
  readonly #digest: PlanDigest;
  readonly #slots: readonly string[];

  constructor(run: Run, plan: string) {
    this.#run = run;
    this.#plan = plan;
    this.#digest = new PlanDigest(run.settings.sendMode);
    this.#slots = run.verb.slots(run.manifest).toSorted();
  }

  /** The next mailbox of the list. */
  async add(mailbox: Mailbox): Promise<void> {
    for (const slot of this.#slots) {
      this.#digest.add(mailbox, slot, await contentOf(this.#run, { mailbox, slot }));
    }
  }

  /** The list has ended: stops the run if it is not what was approved. */
  compare(): void {
    const hash = planHash(this.#run.manifest.startedAt, this.#digest.hex());
    if (hash !== this.#plan) this.#run.discard(planChanged(this.#plan, hash));
  }
}

function planChanged(plan: string, hash: string): AppointedError {
  return new AppointedError('plan_changed', `${plan} was approved, and the list and its appointments are ${hash}`, {
    field: 'plan',
    hint: 'Nothing was placed. Make a new plan with preflight, and have it approved.',
  });
}
