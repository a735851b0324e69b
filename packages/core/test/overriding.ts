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
    remove: (mailbox, removal, call) => transport.remove(mailbox, removal, call),
    ...methods,
  };
}
