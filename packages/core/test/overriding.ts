import type { AppointmentTransport } from '@appointed/core';

/** A transport with some methods in place of its own. */
export function overriding(
  transport: AppointmentTransport,
  methods: Partial<AppointmentTransport>,
): AppointmentTransport {
  return {
    name: transport.name,
    route: (mailbox) => transport.route(mailbox),
    save: (request, call) => transport.save(request, call),
    find: (mailbox, keys, call) => transport.find(mailbox, keys, call),
    read: (mailbox, itemIds, call) => transport.read(mailbox, itemIds, call),
    update: (mailbox, update, call) => transport.update(mailbox, update, call),
    remove: (mailbox, removal, call) => transport.remove(mailbox, removal, call),
    hasSimilar: (mailbox, similar, call) => transport.hasSimilar(mailbox, similar, call),
    check: (mailbox, call) => transport.check(mailbox, call),
    zone: (mailbox, call) => transport.zone(mailbox, call),
    ...methods,
  };
}
