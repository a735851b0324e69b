import {
  type Appointment,
  AppointedError,
  type AppointedPlugin,
  type Content,
  createToken,
  type DependencyContainer,
  type FactoryContext,
  type FactoryReference,
  type IAppointmentFactory,
  isNativeAppointment,
  type Mailbox,
  parseAppointment,
  placementUid,
  placementKey,
  provide,
  type Token,
} from '@appointed/core';

/** What somebody would get. */
export interface PlannedItem {
  readonly mailbox: Mailbox;
  readonly slot: string;
  readonly uid: string;
  readonly appointment: Appointment;
}

/** Stands before the factories of a run, and keeps what they make for the first mailboxes. */
export class ContentRecorder {
  /** What stands before each of them. */
  readonly factories: Readonly<Record<string, Token<IAppointmentFactory>>>;
  /** Registers itself in the runner's container, where the factories that are meant are made as in a run. */
  readonly plugin: AppointedPlugin;
  readonly #most: number;
  readonly #mailboxes = new Map<string, PlannedItem[]>();
  readonly #fallbackTimeZone: string | undefined;

  constructor(
    factories: Readonly<Record<string, FactoryReference>>,
    most: number,
    fallbackTimeZone: string | undefined,
  ) {
    this.#most = most;
    this.#fallbackTimeZone = fallbackTimeZone;
    const tokens = Object.keys(factories).map(
      (slot) => [slot, createToken<IAppointmentFactory>(`preview.${slot}`)] as const,
    );
    this.factories = Object.fromEntries(tokens);
    this.plugin = {
      name: 'preview',
      register: (container) => {
        for (const [slot, token] of tokens) {
          const reference = factories[slot];
          const isMade = typeof reference === 'object';
          const make = (from: DependencyContainer): IAppointmentFactory =>
            isMade ? reference : from.resolve<IAppointmentFactory>(reference as never);
          provide(container, token, (from) => this.#before(make(from)));
        }
      },
    };
  }

  /** Mailbox by mailbox, and for each as they begin. */
  get items(): readonly PlannedItem[] {
    return [...this.#mailboxes.values()].flatMap((items) =>
      items.toSorted((a, b) => a.appointment.start.epochMs - b.appointment.start.epochMs || (a.slot < b.slot ? -1 : 1)),
    );
  }

  #before(factory: IAppointmentFactory): IAppointmentFactory {
    const getAppointment = async (context: FactoryContext): Promise<Content> => {
      const content = await factory.getAppointment(context);
      const items = this.#itemsOf(context.mailbox);
      if (items !== undefined) this.#keep(items, context, content);
      return content;
    };
    return { getAppointment, ...(factory.version === undefined ? {} : { version: factory.version }) };
  }

  /** @returns undefined for a mailbox that is not shown */
  #itemsOf({ kind, id }: Mailbox): PlannedItem[] | undefined {
    const name = `${kind}:${id}`;
    if (!this.#mailboxes.has(name) && this.#mailboxes.size < this.#most) this.#mailboxes.set(name, []);
    return this.#mailboxes.get(name);
  }

  /** What is no appointment is told by the plan's findings. */
  #keep(items: PlannedItem[], { mailbox, runId, slot }: FactoryContext, content: Content): void {
    if (isNativeAppointment(content)) return;
    const { language } = mailbox.attributes;
    try {
      const appointment = parseAppointment(content, {
        ...(language === undefined ? {} : { language }),
        ...(this.#fallbackTimeZone === undefined ? {} : { fallbackTimeZone: this.#fallbackTimeZone }),
      });
      items.push({ mailbox, slot, uid: placementUid(placementKey(runId, slot, mailbox)), appointment });
    } catch (error) {
      if (!AppointedError.is(error)) throw error;
    }
  }
}
