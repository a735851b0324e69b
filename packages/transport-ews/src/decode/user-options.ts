import { child, type XmlElement } from './xml-tree.js';

/** An entry of the dictionary in a response message of GetUserConfiguration. @returns undefined where it is empty */
export function userOption(message: XmlElement, name: string): string | undefined {
  const entries = child(child(message, 'UserConfiguration'), 'Dictionary')?.children ?? [];
  const entry = entries.find((one) => valueIn(one, 'DictionaryKey') === name);
  const value = entry && valueIn(entry, 'DictionaryValue');
  return value === '' ? undefined : value;
}

function valueIn(entry: XmlElement, name: string): string {
  return child(child(entry, name), 'Value')?.text.trim() ?? '';
}
