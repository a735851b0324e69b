/** The request is not well-formed, or holds what is refused: a DTD, or more depth than anybody needs. */
export class XmlError extends Error {
  constructor(
    message: string,
    /** Where in the source. */
    readonly offset: number,
  ) {
    super(message);
    this.name = 'XmlError';
  }
}
