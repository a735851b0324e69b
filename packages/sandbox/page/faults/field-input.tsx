import type { FaultField } from './fault-fields.js';

const HINTS: Partial<Record<FaultField['input']['kind'], string>> = {
  delay: 'a number, or {"min": 1, "max": 9}',
  list: 'one, or several with commas',
};

/** A field of a fault, to be written or chosen. */
export function FieldInput({ field: { name, label, input, isRequired, example } }: { field: FaultField }) {
  return (
    <label class="field">
      <span>
        {label}
        {isRequired === true && <span class="small"> (needed)</span>}
      </span>
      {input.kind === 'choice' ? (
        <select name={name}>
          {/* Nothing chosen is left out, and the sandbox's own choice. */}
          <option value="" />
          {input.values.map((value) => (
            <option key={value}>{value}</option>
          ))}
        </select>
      ) : (
        <input
          name={name}
          type="text"
          inputMode={input.kind === 'number' ? 'decimal' : 'text'}
          autocomplete="off"
          required={isRequired === true}
          defaultValue={example ?? ''}
          placeholder={HINTS[input.kind] ?? ''}
        />
      )}
    </label>
  );
}
