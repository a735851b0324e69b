import { useId } from 'preact/hooks';
import type { FaultRule } from '../../src/index.js';
import { faultWords } from './fault-words.js';

interface Properties {
  readonly rule: FaultRule;
  /** How often rules of its name have struck. */
  readonly struck: number;
  readonly onSwitch: (on: boolean) => void;
  readonly onRemove: () => void;
}

export function FaultRow({ rule, struck, onSwitch, onRemove }: Properties) {
  const id = useId();
  const isOn = rule.off !== true;
  return (
    <li class={isOn ? 'fault' : 'fault is-off'}>
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={isOn}
        aria-labelledby={id}
        onClick={() => onSwitch(!isOn)}
      >
        <span />
      </button>
      <div class="fault-text">
        <p id={id}>
          <strong>{rule.name ?? rule.fault}</strong> {rule.name !== undefined && <code>{rule.fault}</code>}
        </p>
        <p class="small">{faultWords(rule) || 'every request'}</p>
      </div>
      <p class="small fault-count">
        struck {struck.toLocaleString('en')} {struck === 1 ? 'time' : 'times'}
      </p>
      <button type="button" class="button" aria-describedby={id} onClick={onRemove}>
        Remove
      </button>
    </li>
  );
}
