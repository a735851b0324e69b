import { type NativeAppointment, nativeAppointment } from '@appointed/core';
import type { Xml } from '../encode/element.js';

const elements = new WeakMap<NativeAppointment, Xml>();

/** Makes the handle of a native appointment and keeps its CalendarItem element. */
export function keepNative(item: Xml, fields: Parameters<typeof nativeAppointment>[0]): NativeAppointment {
  const handle = nativeAppointment(fields);
  elements.set(handle, item);
  return handle;
}

/** The CalendarItem element behind a handle. */
export function nativeItem(handle: NativeAppointment): Xml {
  const item = elements.get(handle);
  if (item === undefined) throw new TypeError('not a native appointment of this transport');
  return item;
}
