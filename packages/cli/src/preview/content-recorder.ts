import {
  type Appointment,
  AppointedError,
  type AppointedPlugin,
  type Content,
  createToken,
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
  readonly uid: string;
  readonly appointment: Appointment;
}

/** Stands before a factory, and keeps the first appointments that it makes. */
export class ContentRecorder {
  readonly items: PlannedItem[] = [];
  readonly token: Token<IAppointmentFactory> = createToken('appointed.preview');
  /** Registers itself in the runner's container, where the factory that is meant is made as in a run. */
  readonly plugin: AppointedPlugin;
  readonly #most: number;
  readonly #fallbackTimeZone: string | undefined;

  constructor(reference: FactoryReference, most: number, fallbackTimeZone: string | undefined) {
    this.#most = most;
    this.#fallbackTimeZone = fallbackTimeZone;
    this.plugin = {
      name: 'preview',
      register: (container) => {
        provide(container, this.token, (from) => {
          const isMade = typeof reference !== 'function' && typeof reference !== 'symbol';
          return this.#before(isMade ? reference : from.resolve<IAppointmentFactory>(reference as never));
        });
      },
    };
  }

  #before(factory: IAppointmentFactory): IAppointmentFactory {
    const getAppointment = async (context: FactoryContext): Promise<Content> => {
      const content = await factory.getAppointment(context);
      if (this.items.length < this.#most) this.#keep(context, content);
      return content;
    };
    return { getAppointment, ...(factory.version === undefined ? {} : { version: factory.version }) };
  }

  /** What is no appointment is told by the plan's findings. */
  #keep({ mailbox, runId, slot }: FactoryContext, content: Content): void {
    if (isNativeAppointment(content)) return;
    const { language } = mailbox.attributes;
    try {
      const appointment = parseAppointment(content, {
        ...(language === undefined ? {} : { language }),
        ...(this.#fallbackTimeZone === undefined ? {} : { fallbackTimeZone: this.#fallbackTimeZone }),
      });
      this.items.push({ mailbox, uid: placementUid(placementKey(runId, slot, mailbox)), appointment });
    } catch (error) {
      if (!AppointedError.is(error)) throw error;
    }
  }
}
