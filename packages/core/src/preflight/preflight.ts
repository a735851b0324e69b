import { setImmediate as nextTurn } from 'node:timers/promises';
import { isNativeAppointment } from '../appointment/native-appointment.js';
import { AppointedError } from '../error/appointed-error.js';
import { Audience } from '../pipeline/audience.js';
import { MailboxSource, type SourceRow } from '../pipeline/mailbox-source.js';
import type { Run } from '../pipeline/run.js';
import { placementKey } from '../placement/placement-key.js';
import type { PreflightSettings } from '../run/preflight-options.js';
import { sendingOf } from '../verbs/sending.js';
import { AtOnce } from './at-once.js';
import { contentOf } from './content-of.js';
import { Findings } from './findings.js';
import { judgeWhole } from './judge-whole.js';
import { type ListedMailbox, MailboxCheck } from './mailbox-check.js';
import type { Plan } from './plan.js';
import { PlanDigest } from './plan-digest.js';
import { planHash } from './plan-hash.js';
import { PlanTally } from './plan-tally.js';
import type { Planned } from './planned.js';

/** So many rows are read before others have their turn: a list and factories that never wait would let nobody abort. */
const ROWS_AT_A_TIME = 500;

/**
 * Finds out what a run would do, and what would fail, and writes nothing.
 * @throws AppointedError what stopped it before its end
 */
export function preflight(run: Run, settings: PreflightSettings): Promise<Plan> {
  return new Preflight(run, settings).plan();
}

class Preflight {
  readonly #run: Run;
  readonly #settings: PreflightSettings;
  readonly #slots: readonly [string, ...string[]];
  readonly #audience: Audience;
  readonly #digest: PlanDigest;
  readonly #tally = new PlanTally();
  readonly #findings: Findings;
  readonly #mailboxCheck: MailboxCheck;
  readonly #turns: AtOnce;

  constructor(run: Run, settings: PreflightSettings) {
    this.#run = run;
    this.#settings = settings;
    this.#slots = run.verb.slots(run.manifest).toSorted() as [string, ...string[]];
    this.#audience = new Audience((mailbox) => placementKey(run.runId, this.#slots[0], mailbox), settings.exclusions);
    this.#digest = new PlanDigest(settings.sendMode);
    this.#findings = new Findings(run);
    this.#mailboxCheck = new MailboxCheck(run, this.#findings);
    this.#turns = new AtOnce(run.parts.maxInFlight, (error) => run.fail(error));
  }

  async plan(): Promise<Plan> {
    const source = new MailboxSource(this.#settings.mailboxes, this.#run.halted);
    try {
      await this.#readAll(source);
    } catch (error) {
      this.#run.fail(error);
    }
    source.close();
    await this.#turns.ended();
    if (this.#run.stopped !== undefined) throw this.#run.stopped;
    judgeWhole(this.#settings, this.#audience.size, this.#tally, this.#findings);
    return this.#result(source.rows);
  }

  async #readAll(source: MailboxSource): Promise<void> {
    for (;;) {
      const row = await this.#nextRow(source);
      if (row === undefined) return;
      const listed = this.#accept(row);
      if (listed !== undefined) await this.#look(listed);
      if (row.number % ROWS_AT_A_TIME === 0) await nextTurn();
    }
  }

  async #nextRow(source: MailboxSource): Promise<SourceRow | undefined> {
    try {
      return await source.next();
    } catch (cause) {
      return this.#listFailed(source.rows, cause);
    }
  }

  #listFailed(rows: number, cause: unknown): undefined {
    this.#run.stop(new AppointedError('mailboxes_failed', `the list of mailboxes failed after row ${rows}`, { cause }));
    return undefined;
  }

  /** @returns undefined when the row would be skipped */
  #accept(row: SourceRow): ListedMailbox | undefined {
    try {
      return { row: row.number, mailbox: this.#audience.accept(row).mailbox };
    } catch (error) {
      if (!AppointedError.is(error)) throw error;
      // Nobody would get less than is meant, where a row is repeated or was excluded by the caller.
      this.#findings.add(error.code === 'invalid_mailbox' ? 'error' : 'warning', error);
      return undefined;
    }
  }

  async #look(listed: ListedMailbox): Promise<void> {
    const planned: Planned[] = [];
    for (const slot of this.#slots) {
      const one = await this.#askFactory(listed, slot);
      if (one !== undefined) planned.push(one);
    }
    if (this.#settings.check === 'content') return;
    await this.#turns.begin(() => this.#mailboxCheck.check(listed, planned));
  }

  async #askFactory({ row, mailbox }: ListedMailbox, slot: string): Promise<Planned | undefined> {
    const content = await contentOf(this.#run, { mailbox, slot });
    this.#digest.add(mailbox, slot, content);
    if (AppointedError.is(content)) {
      if (content.code !== 'not_wanted') this.#findings.add('error', content, { row, slot });
      return undefined;
    }
    const planned = { row, mailbox, slot, content, sending: sendingOf(content, this.#settings.sendMode) };
    this.#tally.add(planned);
    this.#judgeStart(planned);
    return planned;
  }

  #judgeStart({ row, mailbox, slot, content }: Planned): void {
    if (isNativeAppointment(content) || content.start.epochMs >= this.#run.manifest.startedAt) return;
    const message = `${mailbox.id}: the start (${content.start.dateTime}${content.start.offset}) is past`;
    const error = new AppointedError('starts_in_past', message, { mailbox: mailbox.id, field: 'start' });
    this.#findings.add('warning', error, { row, slot });
  }

  #result(rows: number): Plan {
    const { manifest, parts, runId } = this.#run;
    const { errors, warnings, first, counts } = this.#findings;
    return {
      hash: planHash(manifest.startedAt, this.#digest.hex()),
      runId,
      startedAt: new Date(manifest.startedAt).toISOString(),
      transport: parts.transport.name,
      counts: { rows, mailboxes: this.#audience.size, ...this.#tally.counts, errors, warnings },
      topRecipients: this.#tally.topRecipients,
      findings: first,
      findingCounts: counts,
    };
  }
}
