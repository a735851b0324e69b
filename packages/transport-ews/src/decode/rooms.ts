import { child, type XmlElement } from './xml-tree.js';

/** The addresses of the room lists in a response message of GetRoomLists. */
export function roomLists(message: XmlElement): readonly string[] {
  return (child(message, 'RoomLists')?.children ?? []).flatMap(addressIn);
}

/** The addresses of the rooms in a response message of GetRooms. */
export function rooms(message: XmlElement): readonly string[] {
  return (child(message, 'Rooms')?.children ?? []).flatMap((room) => addressIn(child(room, 'Id')));
}

function addressIn(entry: XmlElement | undefined): readonly string[] {
  const address = child(entry, 'EmailAddress')?.text.trim() ?? '';
  return address === '' ? [] : [address];
}
