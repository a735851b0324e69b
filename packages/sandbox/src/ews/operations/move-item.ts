import { itemIdXml } from '../fields/item-fields.js';
import { layoutOf } from '../fields/layouts.js';
import { ItemError } from '../fault.js';
import { resolveFolder } from '../folder-reference.js';
import { resolveItem } from '../item-reference.js';
import { eachOf, success } from '../response.js';
import type { Operation } from './operation.js';

/** Moves or copies into another folder of the same mailbox; what arrives has another id. */
function transfer(message: string, isCopy: boolean): Operation {
  return (request, call) => {
    const [target] = request.required('m:ToFolderId').children;
    if (target === undefined) throw new Error('the grammar let ToFolderId pass without a folder');
    return eachOf(request.required('m:ItemIds').children, message, '<m:Items/>', (reference) => {
      const { folder } = resolveFolder(target, call);
      const view = resolveItem(reference, call);
      if (view.occurrence !== undefined) {
        throw new ItemError('ErrorCalendarCannotMoveOrCopyOccurrence', 'An occurrence cannot be moved or copied.');
      }
      const item = isCopy ? view.calendar.copy(view.item, folder) : view.calendar.move(view.item, folder);
      const { element } = layoutOf(item);
      return success(message, `<m:Items><${element}>${itemIdXml({ ...view, item })}</${element}></m:Items>`);
    });
  };
}

export const moveItem: Operation = transfer('MoveItemResponseMessage', false);
export const copyItem: Operation = transfer('CopyItemResponseMessage', true);
