import { useState } from 'preact/hooks';
import { announce } from '../frame/announcement.js';
import { tell } from '../state/ask.js';
import { messageOf } from '../state/use-answer.js';
import { type FaultField, KINDS, KIND_WORDS, type Kind, fieldsOf } from './fault-fields.js';
import { FieldInput } from './field-input.js';
import { readField } from './read-field.js';

/** Adds a rule: its kind, then the fields that this kind has. */
export function FaultForm() {
  const [kind, setKind] = useState<Kind>('busy');
  const [problem, setProblem] = useState('');
  const fields = fieldsOf(kind);
  const add = async (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    try {
      await tell('POST', '/control/faults', ruleIn(form, kind));
      setProblem('');
      announce('The fault is added, and on.');
      form.reset();
      setKind('busy');
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <form class="fault-form" onSubmit={(event) => void add(event)}>
      <h2>Add a fault</h2>
      <label class="field">
        <span>Fault</span>
        <select value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind)}>
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {each}: {KIND_WORDS[each]}
            </option>
          ))}
        </select>
      </label>
      <Inputs key={kind} fields={fields.own} />
      <details>
        <summary>Which requests, and how often; all of them where nothing is said</summary>
        <Inputs fields={fields.common} />
      </details>
      <p role="alert">{problem}</p>
      <button type="submit" class="button is-main">
        Add
      </button>
    </form>
  );
}

function Inputs({ fields }: { fields: readonly FaultField[] }) {
  return (
    <div class="field-grid">
      {fields.map((field) => (
        <FieldInput key={field.name} field={field} />
      ))}
    </div>
  );
}

function ruleIn(form: HTMLFormElement, kind: Kind): object {
  const written = new FormData(form);
  const { own, common } = fieldsOf(kind);
  const entries = [...own, ...common].map(({ name, input }) => {
    const value = written.get(name);
    return [name, readField(input, typeof value === 'string' ? value : '')];
  });
  return { fault: kind, ...Object.fromEntries(entries) };
}
