import { attachedBytes } from '../appointment/attachment.js';
import { isNativeAppointment } from '../appointment/native-appointment.js';
import { SEND_MODES } from '../placement/send-mode.js';
import type { TransportCapabilities } from '../transport/appointment-transport.js';
import type { PreparedPlacement } from './prepare-placement.js';

type Batch = readonly PreparedPlacement[];

/** Groups the placements of one mailbox into as few saves as the transport allows: by send mode, number and size. */
export function batches(prepared: Batch, capabilities: TransportCapabilities): readonly Batch[] {
  if (prepared.length <= 1) return prepared.length === 0 ? [] : [prepared];
  return SEND_MODES.flatMap((mode) => {
    const alike = prepared.filter(({ sendMode }) => sendMode === mode);
    return inTurn(alike, capabilities);
  });
}

function inTurn(alike: Batch, { maxItemsPerSave, maxAttachmentBytes = 0 }: TransportCapabilities): readonly Batch[] {
  const all: PreparedPlacement[][] = [];
  let bytes = 0;
  for (const placement of alike) {
    const batch = all.at(-1);
    bytes += bytesOf(placement);
    if (batch !== undefined && batch.length < maxItemsPerSave && bytes <= maxAttachmentBytes) batch.push(placement);
    else {
      all.push([placement]);
      bytes = bytesOf(placement);
    }
  }
  return all;
}

function bytesOf({ item: { content } }: PreparedPlacement): number {
  return isNativeAppointment(content) ? 0 : attachedBytes(content);
}
