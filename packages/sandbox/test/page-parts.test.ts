import { describe, expect, test } from 'vitest';
import { KINDS, fieldsOf } from '../page/faults/fault-fields.js';
import { readField } from '../page/faults/read-field.js';
import { indented } from '../page/item/indented.js';
import { readFaultRule } from '../src/faults/read-fault-rules.js';

function complaint(rule: object): string {
  try {
    readFaultRule(rule, 'fault');
  } catch (error) {
    return String(error);
  }
  return '';
}

describe('the form for faults', () => {
  test('has every kind of fault', () => {
    expect(complaint({ fault: '?' })).toContain(`must be one of ${KINDS.join(', ')}`);
  });

  test.for(KINDS)('has every field of %s, and what it proposes makes a rule', (kind) => {
    const { own, common } = fieldsOf(kind);
    const names = [...own, ...common].map(({ name }) => name);
    const [, known = ''] = /known are (.*)/.exec(complaint({ fault: kind, '?': 1 })) ?? [];
    expect([...names, 'fault', 'off'].toSorted()).toEqual(known.split(', ').toSorted());
    const proposed = own.map(({ name, input, example }) => [name, readField(input, example ?? '')]);
    expect(complaint({ fault: kind, ...Object.fromEntries(proposed) })).toBe('');
    for (const { name, input } of own) {
      if (input.kind !== 'choice') continue;
      for (const value of input.values) {
        expect(complaint({ fault: kind, ...Object.fromEntries(proposed), [name]: value })).toBe('');
      }
    }
  });

  test('reads numbers, lists and delays as JSON has them', () => {
    expect(readField({ kind: 'number' }, ' 0.5 ')).toBe(0.5);
    expect(readField({ kind: 'number' }, 'half')).toBe('half');
    expect(readField({ kind: 'delay' }, '{"min": 1, "max": 9}')).toEqual({ min: 1, max: 9 });
    expect(readField({ kind: 'list' }, 'a@x.com, b@x.com')).toEqual(['a@x.com', 'b@x.com']);
    expect(readField({ kind: 'text' }, ' ')).toBeUndefined();
  });
});

describe('what was received, indented', () => {
  test('has a line for each element that holds others', () => {
    expect(indented('<?xml version="1.0"?><a x="1"><b>two  words</b><c/><d><e>1</e></d><f></f></a>')).toBe(
      '<?xml version="1.0"?>\n<a x="1">\n  <b>two  words</b>\n  <c/>\n  <d>\n    <e>1</e>\n  </d>\n  <f></f>\n</a>',
    );
  });

  test('is as it was where it is no XML and no JSON', () => {
    expect(indented('POST /v1.0/users\n\n{"a":[1]}')).toBe('POST /v1.0/users\n\n{\n  "a": [\n    1\n  ]\n}');
    expect(indented('GET /v1.0/users\n\n')).toBe('GET /v1.0/users\n\n');
    expect(indented('nonsense')).toBe('nonsense');
  });
});
