import { element, textElement, type Xml } from './element.js';

/** Operation GetRoomLists: all of the organisation. */
export function getRoomLists(): Xml {
  return element('m:GetRoomLists', {});
}

/** Operation GetRooms: those of one list. */
export function getRooms(list: string): Xml {
  return element('m:GetRooms', {}, element('m:RoomList', {}, textElement('t:EmailAddress', list)));
}
