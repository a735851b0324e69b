/** What the caller names (a mailbox, an item, a folder) does not exist. The control API answers 404 for it. */
export class FoundNothing extends TypeError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FoundNothing';
  }
}
