import type { AppointedError } from '../error/appointed-error.js';
import type { ErrorCode } from '../error/error-code.js';
import type { Run } from '../pipeline/run.js';
import type { Plan, PlanFinding } from './plan.js';

const MOST_KEPT = 100;
/** What is wrong with everybody must not hide what is wrong with one. */
const MOST_KEPT_OF_A_CODE = 20;

/** Tells what is found, counts it, and keeps the first. */
export class Findings {
  readonly #run: Run;
  readonly #kept: PlanFinding[] = [];
  readonly #byCode = new Map<ErrorCode, number>();
  readonly #bySeverity = { error: 0, warning: 0 };

  constructor(run: Run) {
    this.#run = run;
  }

  get errors(): number {
    return this.#bySeverity.error;
  }

  get warnings(): number {
    return this.#bySeverity.warning;
  }

  get counts(): Plan['findingCounts'] {
    return Object.fromEntries(this.#byCode);
  }

  /** In the order of the list; what concerns the whole run comes last. */
  get first(): readonly PlanFinding[] {
    return this.#kept.toSorted((one, other) => rowOf(one) - rowOf(other));
  }

  /** @param where as far as the error does not say it */
  add(severity: PlanFinding['severity'], error: AppointedError, where: Pick<PlanFinding, 'row' | 'slot'> = {}): void {
    const finding = findingOf(severity, error, where);
    const ofCode = (this.#byCode.get(error.code) ?? 0) + 1;
    this.#byCode.set(error.code, ofCode);
    this.#bySeverity[severity] += 1;
    if (this.#kept.length < MOST_KEPT && ofCode <= MOST_KEPT_OF_A_CODE) this.#kept.push(finding);
    const { parts, runId } = this.#run;
    parts.events.emit('findingMade', () => ({ runId, finding }));
  }
}

function rowOf({ row }: PlanFinding): number {
  return row ?? Number.MAX_SAFE_INTEGER;
}

function findingOf(
  severity: PlanFinding['severity'],
  { code, message, row, mailbox, field, hint, server }: AppointedError,
  where: Pick<PlanFinding, 'row' | 'slot'>,
): PlanFinding {
  return Object.freeze({
    severity,
    code,
    message: message.slice(code.length + 3),
    ...where,
    ...(row !== undefined && { row }),
    ...(mailbox !== undefined && { mailbox }),
    ...(field !== undefined && { field }),
    ...(hint !== undefined && { hint }),
    ...(server?.code !== undefined && { serverCode: server.code }),
  });
}
