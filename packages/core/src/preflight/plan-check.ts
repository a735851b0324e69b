import { AppointedError } from '../error/appointed-error.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { Audience } from '../pipeline/audience.js';
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
  async compare(audience: Audience): Promise<void> {
    const hash = planHash(this.#run.manifest.startedAt, this.#digest.hex());
    if (hash !== this.#plan) return this.#run.discard(planChanged(this.#plan, hash));
    const stranger = await this.#stranger(audience);
    if (stranger !== undefined) this.#run.discard(notListed(stranger));
  }

  /** Whom an earlier call enrolled, from another list that was cut short, and nobody approved. */
  async #stranger(audience: Audience): Promise<Mailbox | undefined> {
    const { isContinued, parts, runId } = this.#run;
    if (!isContinued) return undefined;
    for await (const { mailbox } of parts.ledger.rows(runId)) if (!audience.hasListed(mailbox)) return mailbox;
    return undefined;
  }
}

const HINT = 'Nothing was placed. Make a new plan with preflight, and have it approved.';

function planChanged(plan: string, hash: string): AppointedError {
  const message = `the list and its appointments have the hash ${hash}, and ${plan} was approved`;
  return new AppointedError('plan_changed', message, { field: 'plan', hint: HINT });
}

function notListed({ id }: Mailbox): AppointedError {
  const message = `${id} was in the list that this run was begun with, and is not in the plan`;
  return new AppointedError('plan_changed', message, { field: 'plan', mailbox: id, hint: HINT });
}
