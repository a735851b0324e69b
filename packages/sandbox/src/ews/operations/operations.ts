import { createItem } from './create-item.js';
import { deleteItem } from './delete-item.js';
import { findItem } from './find-item.js';
import { getFolder } from './get-folder.js';
import { getItem } from './get-item.js';
import type { Operation } from './operation.js';
import { updateItem } from './update-item.js';

/** What is served, by the name of the element in the request's body. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    CreateItem: createItem,
    DeleteItem: deleteItem,
    FindItem: findItem,
    GetFolder: getFolder,
    GetItem: getItem,
    UpdateItem: updateItem,
  }),
);
