import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namespaceOf } from '../src/ews/namespaces.js';
import { readXml } from '../src/ews/reader.js';
import type { XmlElement } from '../src/ews/xml-element.js';
import { XmlError } from '../src/ews/xml-error.js';
import { type Tree, readBySaxes } from './saxes-tree.js';

const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';

function read(source: string): Tree | undefined {
  try {
    return treeOf(readXml(source));
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

function treeOf(element: XmlElement): Tree {
  const attributes = [...(element.attributes ?? [])].map(([name, value]) => [expanded(name), value] as const);
  const { text, children } = element;
  return { name: expanded(element.name), attributes: attributes.toSorted(), text, children: children.map(treeOf) };
}

function expanded(name: string): string {
  // Saxes takes white space away; it means something.
  return `{${namespaceOf(name).trim()}}${name.replace(/^.*[}:]/s, '')}`;
}

const originals = [
  `<?xml version="1.0" encoding="utf-8" standalone='yes'?>\n<!-- a - comment --><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="${TYPES}">\r\n<t:Subject Unit = 'a&amp;"b"\tc' t:x="1" >R&amp;D &#x1F600;&#65;\r]] ></t:Subject><?php echo ?><t:Body/>\n<Body xmlns="urn:x" xmlns:s='urn:y' xml:lang="en"><s:é><![CDATA[<&]]]]><!----></s:é ></Body><Plain a:b="1" xmlns:a="urn:a"/></s:Envelope>\n<!-- end -->`,
  `<t:Body xmlns:t="${TYPES}" BodyType="Text">a &gt; b<t:A t:A="1" A="2"/><t:A/></t:Body>`,
  '<a><b x="1>2" y=\'<\'/><c xmlns=""/></a>',
];

/** What mutations put in: whatever means something to a reader. */
const TOKENS = [
  '<¦>¦/¦&¦;¦"¦\'¦=¦ ¦\n¦\r¦\t¦:¦!¦?¦-¦--¦]]>¦<![CDATA[¦<!--¦-->¦</¦<q:a/>¦</a>¦<a>¦é¦0¦a¦\u{1F600}¦\u00A0¦\uFFFE¦\0¦\u0001',
  '<?xml version="1.0"?>¦<?x y?>¦<!DOCTYPE a>¦&lt;¦&nbsp;¦&#0;¦&#1¦&#xD800;¦&#x10FFFF;¦&#x110000;',
  ' a="1"¦ t:x="2"¦ xml:a="1"¦ xmlns="urn:z"¦ xmlns=""¦ xmlns:t="urn:t"¦ xmlns:t=""¦ xmlns:xmlns="urn:x"',
  ' xmlns:xml="urn:x"¦ xmlns:xml="http://www.w3.org/XML/1998/namespace"¦ xmlns:q="http://www.w3.org/2000/xmlns/"',
  ' xmlns:q="http://www.w3.org/XML/1998/namespace"',
].flatMap((line) => line.split('¦'));

const mutation = fc.record({
  original: fc.constantFrom(...originals),
  edits: fc.array(
    fc.record({ at: fc.nat(600), removed: fc.constantFrom(0, 0, 1, 2, 7), put: fc.constantFrom('', ...TOKENS) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
});

describe('the reader of requests', () => {
  test('reads what saxes reads, and refuses what saxes refuses', () => {
    for (const original of originals) expect(read(original)).toEqual(readBySaxes(original));
    const readsAlike = fc.property(mutation, ({ original, edits }) => {
      let source = original;
      for (const { at, removed, put } of edits) {
        const place = at % (source.length + 1);
        source = source.slice(0, place) + put + source.slice(place + removed);
      }
      // As it comes over the wire: half of a pair is no UTF-8.
      source = Buffer.from(source).toString();
      // Saxes takes `?x` for what the processing instruction `<?a?x?>` says; it is none.
      fc.pre(!/<\?[^?>]+\?[^>]/.test(source));
      // Twice, since what start tags mean is remembered.
      expect(read(source)).toEqual(readBySaxes(source));
      expect(read(source)).toEqual(read(source));
    });
    fc.assert(readsAlike, { numRuns: 3000 });
  });

  test.each<[what: string, source: string, complaint: string, offset: number]>([
    ['nothing', ' \n', 'Root element is missing.', 2],
    ['no XML', 'hello', 'Data at the root level is invalid.', 0],
    ['a second root', '<a/><b/>', 'There are multiple root elements.', 4],
    ['a document type', '<!DOCTYPE a><a/>', 'For security reasons DTD is prohibited in this XML document.', 0],
    ['a late declaration', ' <?xml version="1.0"?><a/>', "'xml' is an invalid name for processing instructions.", 3],
    ['a broken one', '<?xml encoding="utf-8"?><a/>', 'Syntax for an XML declaration is invalid.', 0],
    ['another end tag', '<a><b></a></b>', "The 'b' start tag does not match the end tag of 'a'.", 8],
    ['no end tag', '<a><b>', 'Unexpected end of file has occurred. The following elements are not closed: b, a.', 6],
    ['half a tag', '<a b="1"', 'Unexpected end of file has occurred.', 8],
    ['an undeclared prefix', '<a><q:b/></a>', "'q' is an undeclared prefix.", 4],
    ['an attribute twice', '<a b="1" b="2"/>', "'b' is a duplicate attribute name.", 9],
    ['no white space', '<a b="1"c="2"/>', "'c' is an unexpected token. Expecting white space.", 8],
    ['no quotes', '<a b=1/>', "'1' is an unexpected token. The expected token is '\"' or '''.", 5],
    ['a tag in a value', '<a b="<"/>', "'<', hexadecimal value 0x3C, is an invalid attribute character.", 6],
    ['an unknown entity', '<a>\r\nR&nbsp;D</a>', "Reference to undeclared entity 'nbsp'.", 6],
    ['a bare ampersand', '<a>R&D</a>', 'An error occurred while parsing EntityName.', 4],
    ['a forbidden character', '<a>\u0001</a>', "'\u0001', hexadecimal value 0x01, is an invalid character.", 3],
    ['a reference to one', '<a>x&#x1;</a>', "'\u0001', hexadecimal value 0x01, is an invalid character.", 4],
    ['the end of a section', '<a>]]></a>', "']]>' is not allowed in character data.", 3],
    [
      'two hyphens',
      '<a><!-- -- --></a>',
      "An XML comment cannot contain '--', and '-' cannot be the last character.",
      10,
    ],
  ])('complains about %s, and says where', (_, source, complaint, offset) => {
    expect(() => readXml(source)).toThrow(expect.objectContaining({ message: complaint, offset }));
  });

  test('remembers start tags, and not for other prefixes', () => {
    const [first, second] = ['urn:1', 'urn:2'].map((uri) =>
      readXml(`<r xmlns="${uri}" xmlns:p="${uri}"><p:a p:b="1"/></r>`),
    );
    expect(first?.children[0]?.name).toBe('{urn:1}a');
    expect(second?.children[0]?.attributes).toEqual(new Map([['{urn:2}b', '1']]));
  });

  test('reads ten thousand different start tags, and names of a megabyte', () => {
    const tags = Array.from({ length: 10_000 }, (_, index) => `<a b="${index}"/>`);
    const { children } = readXml(`<r>${tags.join('')}</r>`);
    expect(children.map((child) => child.attribute('b'))).toEqual(tags.map((_, index) => String(index)));
    const name = 'n'.repeat(1024 * 1024);
    expect(readXml(`<${name} ${name}="">${name}</${name} >`).text).toBe(name);
  });
});
