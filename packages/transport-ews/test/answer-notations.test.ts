import { describe, expect, it } from 'vitest';
import { answer, createItemResponse, saved, soapFault } from './canned-answers.js';
import { cannedServer } from './canned-server.js';
import { saveOne, transportTo } from './placing.js';

const WHOLE = createItemResponse(saved('item'));

async function outcomesOf(bodies: readonly string[]) {
  let asked = 0;
  await using server = await cannedServer((...exchange) => {
    const body = bodies[asked] ?? '';
    asked += 1;
    answer(200, body)(...exchange);
  });
  const outcomes = [];
  for (const _body of bodies) outcomes.push(await saveOne(transportTo(server.url)));
  return outcomes;
}

describe('an answer in another notation', () => {
  it.each([
    ['without a declaration', WHOLE.replace(/^<\?xml.*?\?>/, '')],
    ['with a byte order mark', `\uFEFF${WHOLE}`],
    ['with comments and instructions', WHOLE.replace('<t:ItemId', '<!-- > <b> --><?php echo "<a>"; ?><t:ItemId')],
    ['with space in its tags', WHOLE.replaceAll(/<\/([\w:]+)>/g, '</$1\n>').replaceAll('/>', ' \t/>')],
    ['with space around what is equal', WHOLE.replaceAll('="', ' = "')],
    ['in single quotes', WHOLE.replaceAll('"', "'")],
    ['with other prefixes', WHOLE.replaceAll('<t:', '<x:').replaceAll('</t:', '</x:').replaceAll('xmlns:t', 'xmlns:x')],
    ['with an empty element in two tags', WHOLE.replace(/<(t:ItemId[^>]*)\/>/, '<$1></t:ItemId>')],
    ['with > in a value', WHOLE.replace('<t:ItemId', '<t:ItemId Note="a>b/>c"')],
    ['with its code written literally', WHOLE.replace('NoError', '<![CDATA[NoError]]>')],
  ])('%s is read', async (_notation, body) => {
    expect(await outcomesOf([body])).toMatchObject([{ kind: 'done', value: { itemId: 'item' } }]);
  });

  it('means what its references say, and what XML cannot write is left out', async () => {
    const [named] = await outcomesOf([createItemResponse(saved('a&amp;b&#x41;&#66;&lt;&quot;&apos;&gt;&#0;'))]);
    expect(named).toMatchObject({ kind: 'done', value: { itemId: `a&bAB<"'>` } });
    const [fault] = await outcomesOf([
      soapFault('ErrorServerBusy').replaceAll('Said the server.', 'a &#x1F3BE; &unknown;'),
    ]);
    expect(fault).toMatchObject({ error: { server: { message: 'a 🎾 &unknown;' } } });
  });
});

describe('what is no whole answer', () => {
  it('is unknown wherever it is cut off', async () => {
    const cuts = Array.from({ length: Math.ceil(WHOLE.length / 11) }, (_, index) => WHOLE.slice(0, index * 11));
    const kinds = new Set((await outcomesOf(cuts)).map(({ kind }) => kind));
    expect([...kinds]).toEqual(['unknown']);
  });

  it.each([
    [
      'elements that end in another order',
      WHOLE.replace('</m:Items></m:', '</m:').replace('</s:Body>', '</m:Items></s:Body>'),
    ],
    ['an element that ends twice', WHOLE.replace('</s:Body>', '</s:Body></s:Body>')],
    ['two documents', `${WHOLE}${WHOLE}`],
    ['text behind the document', `${WHOLE} and more`],
    ['a tag without a name', WHOLE.replace('<m:Items>', '<m:Items>< >')],
    ['a value without quotes', WHOLE.replace('<m:Items>', '<m:Items a=b>')],
    ['a value that does not end', WHOLE.replace('Id="item"', 'Id="item')],
  ])('is unknown with %s', async (_what, body) => {
    expect(await outcomesOf([body])).toMatchObject([{ kind: 'unknown', error: { code: 'response_unreadable' } }]);
  });
});
