/** A file to attach. */
export interface AttachmentInput {
  /** The file's name, as people see it: 1 to 255 characters. */
  readonly name: string;
  /** The file itself. It is copied: what happens to the array later makes no difference. */
  readonly content: Uint8Array;
  /** `application/pdf`; by default `application/octet-stream`. */
  readonly mediaType?: string;
  /** Makes it inline: an HTML body shows it by `<img src="cid:THE-ID">`. No two of an appointment have the same. */
  readonly contentId?: string;
}

/** A file that is attached: EWS element FileAttachment, Graph resource fileAttachment. */
export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  /** The file in Base64, as protocols carry it. */
  readonly content: string;
  /** Bytes. */
  readonly size: number;
  /** Of an inline one. */
  readonly contentId?: string;
}

/** How many bytes an appointment's attachments have together. */
export function attachedBytes({ attachments = [] }: { readonly attachments?: readonly Attachment[] }): number {
  return attachments.reduce((sum, { size }) => sum + size, 0);
}
