/** A request as it came, by itself or in a batch. */
export interface GraphRequest {
  readonly method: string;
  /** Path and query behind `/v1.0`, undecoded: `/users/alfred%40contoso.com/events?$top=5`. */
  readonly url: string;
  /** @param name in lower case */
  header(name: string): string | undefined;
  /** The body as text; empty if there is none, or too much. */
  readonly body: string;
  readonly isTooBig: boolean;
  /** Where it was sent to, as far as `/v1.0`: links begin with it. */
  readonly base: string;
}
