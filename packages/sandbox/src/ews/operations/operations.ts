import { createAttachment, deleteAttachment, getAttachment } from './attachments.js';
import { convertId } from './convert-id.js';
import { createItem } from './create-item.js';
import { deleteItem } from './delete-item.js';
import { findFolder } from './find-folder.js';
import { findItem } from './find-item.js';
import { getFolder } from './get-folder.js';
import { getItem } from './get-item.js';
import { getServerTimeZones } from './get-server-time-zones.js';
import { getUserAvailability } from './get-user-availability.js';
import { getUserConfiguration } from './get-user-configuration.js';
import { copyItem, moveItem } from './move-item.js';
import type { Operation } from './operation.js';
import { resolveNames } from './resolve-names.js';
import { updateItem } from './update-item.js';

/** What is served, by the name of the element in the request's body. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    ConvertId: convertId,
    CopyItem: copyItem,
    CreateAttachment: createAttachment,
    CreateItem: createItem,
    DeleteAttachment: deleteAttachment,
    DeleteItem: deleteItem,
    FindFolder: findFolder,
    FindItem: findItem,
    GetAttachment: getAttachment,
    GetFolder: getFolder,
    GetItem: getItem,
    GetServerTimeZones: getServerTimeZones,
    GetUserAvailability: getUserAvailability,
    GetUserConfiguration: getUserConfiguration,
    MoveItem: moveItem,
    ResolveNames: resolveNames,
    UpdateItem: updateItem,
  }),
);
