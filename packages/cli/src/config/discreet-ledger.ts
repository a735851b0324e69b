import type { Mark, RunLedger } from '@appointed/core';
import { withoutSecrets } from '../output/secrets.js';

/** A ledger that is told no secret: a server may repeat one in what it says. */
export function discreetLedger(ledger: RunLedger): RunLedger {
  return new Proxy(ledger, {
    get(target, name) {
      if (name === 'mark') return (marks: readonly Mark[]) => target.mark(marks.map(discreet));
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function discreet(mark: Mark): Mark {
  const { error } = mark;
  return error === undefined ? mark : { ...mark, error: { ...error, message: withoutSecrets(error.message) } };
}
