import type { Receipt } from '../transport/appointment-transport.js';

const LATIN = /^[\0-\u00FF]*$/;

/** A receipt to be kept: texts that were cut from an answer would keep the whole answer in memory. */
export function keptReceipt(receipt: Receipt): Receipt {
  return Object.fromEntries(Object.entries(receipt).map(([name, text]) => [name, ownText(text)])) as unknown as Receipt;
}

/** V8 cuts a text from another by pointing into it. */
function ownText(text: string): string {
  return LATIN.test(text) ? Buffer.from(text, 'latin1').toString('latin1') : text;
}
