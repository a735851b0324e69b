import type { DiagnosisRequest, Mailbox } from '@appointed/core';
import { roomLists, rooms } from '../decode/rooms.js';
import { getRoomLists, getRooms } from '../encode/get-rooms.js';
import { said } from './failure-finding.js';
import type { Finding } from './finding.js';
import { addRoom, newRoomList } from './power-shell.js';
import { callFor, type Site } from './site.js';

/** Each is a request; organisations have one for a building. */
const MOST_LISTS = 20;

/**
 * The rooms that the server lists (operations GetRoomLists and GetRooms).
 * @returns their addresses, in lower case
 */
export async function* examineRooms(
  site: Site,
  request: DiagnosisRequest,
  host: Mailbox,
): AsyncGenerator<Finding, ReadonlySet<string>> {
  const subject = site.address.host;
  const found = new Set<string>();
  const lists = await site.as(host, callFor(request)).ask('GetRoomLists', getRoomLists());
  if (request.signal.aborted) return found;
  if (lists.kind !== 'done') {
    yield unknown(subject, `does not say which mailboxes are rooms: ${said(lists.error)}.`);
    return found;
  }
  const addresses = roomLists(lists.value.element);
  for (const address of addresses.slice(0, MOST_LISTS)) {
    const list = await site.as(host, callFor(request)).ask('GetRooms', getRooms(address));
    if (list.kind === 'done') for (const room of rooms(list.value.element)) found.add(room.toLowerCase());
  }
  if (request.signal.aborted) return found;
  if (found.size === 0) yield unknown(subject, `lists no rooms, in ${addresses.length} room lists.`);
  else {
    const message = `lists ${found.size} rooms in ${addresses.length} room lists; they can be invited as resources.`;
    yield { code: 'rooms_listed', level: 'ok', subject, message };
  }
  return found;
}

function unknown(subject: string, message: string): Finding {
  const advice = 'Whether a row of the list is a room cannot be told. Room lists are distribution groups:';
  return { code: 'rooms_unknown', level: 'skipped', subject, message, advice, commands: [newRoomList(), addRoom()] };
}

/** Is this mailbox one of them? */
export function examineRoom(subject: string, address: string, found: ReadonlySet<string>): readonly Finding[] {
  if (!found.has(address.toLowerCase())) return [];
  const message = 'is a room: what is written into its calendar passes by its booking policy.';
  const advice = 'Take it out of the list, and name it in resources of the appointment: then it answers by itself.';
  return [{ code: 'mailbox_is_room', level: 'warning', subject, message, advice }];
}
