import { resolveItem } from '../item-reference.js';
import { eachOf, success } from '../response.js';
import { itemXml, readShape } from '../shape.js';
import type { Operation } from './operation.js';

const MESSAGE = 'GetItemResponseMessage';

export const getItem: Operation = (request, call) => {
  const wanted = request.required('m:ItemShape');
  return eachOf(request.required('m:ItemIds').children, MESSAGE, '<m:Items/>', (reference) => {
    const shape = readShape(wanted, false);
    const view = { ...resolveItem(reference, call), bodyType: shape.bodyType };
    return success(MESSAGE, `<m:Items>${itemXml(view, shape)}</m:Items>`);
  });
};
