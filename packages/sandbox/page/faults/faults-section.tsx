import { useState } from 'preact/hooks';
import { announce } from '../frame/announcement.js';
import { tell } from '../state/ask.js';
import { faults, totals } from '../state/live.js';
import { messageOf } from '../state/use-answer.js';
import { FaultForm } from './fault-form.js';
import { FaultRow } from './fault-row.js';

/** The rules in their order, with switches, and one to add. */
export function FaultsSection() {
  const [problem, setProblem] = useState('');
  const act = async (done: string, ...request: Parameters<typeof tell>) => {
    try {
      await tell(...request);
      setProblem('');
      announce(done);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <main class="section">
      <div class="section-head">
        <h1>Faults</h1>
        <p class="small">
          Rules are tried in their order. The first that strikes decides; delays let the others follow.
        </p>
      </div>
      {problem !== '' && <p role="alert">{problem}</p>}
      <LateStores onSettle={() => void act('All late writes are carried out.', 'POST', '/control/settle')} />
      {faults.value.length === 0 && <p>Nothing goes wrong: there are no rules.</p>}
      <ol class="faults">
        {faults.value.map((rule, index) => (
          <FaultRow
            key={index}
            rule={rule}
            struck={totals.value.struck[rule.name ?? rule.fault] ?? 0}
            onSwitch={(on) =>
              void act(on ? 'The fault is on.' : 'The fault is off.', 'POST', '/control/faults/switch', { index, on })
            }
            onRemove={() => void act('The fault is removed.', 'DELETE', `/control/faults?index=${index}`)}
          />
        ))}
      </ol>
      <FaultForm />
    </main>
  );
}

function LateStores({ onSettle }: { onSettle: () => void }) {
  const { lateStores } = totals.value;
  if (lateStores === 0) return null;
  return (
    <p class="notice">
      {lateStores.toLocaleString('en')} {lateStores === 1 ? 'write is' : 'writes are'} still to come.{' '}
      <button type="button" class="button" onClick={onSettle}>
        Carry out now
      </button>
    </p>
  );
}
