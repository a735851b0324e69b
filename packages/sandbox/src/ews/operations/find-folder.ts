import type { Folder } from '../../calendar/folder.js';
import { resolveFolder } from '../folder-reference.js';
import { eachOf, success } from '../response.js';
import { folderXml } from './get-folder.js';
import type { Operation } from './operation.js';

const MESSAGE = 'FindFolderResponseMessage';

/** The folders below a folder. Restrictions on folders are not read: there are too few folders to need them. */
export const findFolder: Operation = (request, call) => {
  const shape = request.required('m:FolderShape');
  const isDeep = request.attribute('Traversal') === 'Deep';
  return eachOf(request.required('m:ParentFolderIds').children, MESSAGE, '', (reference) => {
    const view = resolveFolder(reference, call);
    const folders = view.calendar
      .listFolders()
      .filter((folder) => (isDeep ? isBelow(folder, view.folder) : folder.parent === view.folder));
    const xml = folders.map((folder) => folderXml({ ...view, folder }, shape)).join('');
    return success(
      MESSAGE,
      `<m:RootFolder IndexedPagingOffset="${folders.length}" TotalItemsInView="${folders.length}" ` +
        `IncludesLastItemInRange="true"><t:Folders>${xml}</t:Folders></m:RootFolder>`,
    );
  });
};

function isBelow(folder: Folder, ancestor: Folder): boolean {
  const { parent } = folder;
  return parent !== undefined && (parent === ancestor || isBelow(parent, ancestor));
}
