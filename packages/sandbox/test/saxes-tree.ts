import { SaxesParser } from 'saxes';

/** An element as both readers can tell it: its name, attributes in order of names, what is inside. */
export interface Tree {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly children: readonly Tree[];
}

interface Growing extends Tree {
  text: string;
  readonly children: Growing[];
}

// Saxes takes a digit for the beginning of a name after a prefix.
const NO_NAME = /^[-.0-9]/;

function refuse(): never {
  throw new Error('refused');
}

/** What saxes reads; undefined if it refuses, or should have. It takes white space from around names of namespaces. */
export function readBySaxes(source: string): Tree | undefined {
  const parser = new SaxesParser({ xmlns: true });
  const open: Growing[] = [];
  let root: Tree | undefined;
  parser.on('doctype', refuse);
  parser.on('xmldecl', ({ version, encoding = 'utf-8' }) => {
    if (version !== '1.0' || encoding.toLowerCase() !== 'utf-8') refuse();
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    if ([local, ...Object.values(attributes).map((each) => each.local)].some((name) => NO_NAME.test(name))) refuse();
    const named = Object.values(attributes)
      .filter((each) => each.prefix !== 'xmlns' && each.name !== 'xmlns')
      .map((each) => [`{${each.uri}}${each.local}`, each.value] as const);
    const element = { name: `{${uri}}${local}`, attributes: named.toSorted(), text: '', children: [] };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const text = (chunk: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += chunk;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  try {
    parser.write(source).close();
    return root;
  } catch {
    return undefined;
  }
}
