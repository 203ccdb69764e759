// Pictures and files of the transcript: fetched with the visitor's token when they come into view, kept as blobs.

import type { Chat } from "../core/chat.js";
import type { Attachment } from "../core/protocol.js";
import { h } from "./dom.js";

/** Blobs of pictures out of view are let go beyond this many. */
const kKept = 60;
/** What is shown as a picture; anything else that claims to be one is not. */
const kShown = /^image\/(png|jpeg|gif|webp|bmp)$/;

export class Media {
  private readonly urls = new Map<number, Promise<string | undefined>>();

  constructor(private readonly chat: Chat) {}

  /** An address for <img>; nothing when it cannot be had now. */
  picture(attachment: Attachment): Promise<string | undefined> {
    const known = this.urls.get(attachment.id);
    if (known) {
      this.urls.delete(attachment.id);
      this.urls.set(attachment.id, known);
      return known;
    }
    const made = this.load(attachment).then((blob) => {
      if (blob && kShown.test(blob.type)) return URL.createObjectURL(blob);
      this.urls.delete(attachment.id);
      return undefined;
    });
    this.urls.set(attachment.id, made);
    this.trim();
    return made;
  }

  /** Saves it through the browser. False when it could not be fetched. */
  async download(attachment: Attachment): Promise<boolean> {
    const blob = await this.load(attachment);
    if (!blob) return false;
    // Never shown in the page's own origin, whatever it holds.
    const url = URL.createObjectURL(new Blob([blob], { type: "application/octet-stream" }));
    const link = h("a", { href: url, download: attachment.name || "file" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    return true;
  }

  private async load(attachment: Attachment): Promise<Blob | undefined> {
    const own = this.chat.uploads.blobOf(attachment.id);
    if (own) return own;
    const answer = await this.chat.http.attachment(attachment.id);
    return answer.ok ? answer.value : undefined;
  }

  private trim(): void {
    for (const [id, url] of this.urls) {
      if (this.urls.size <= kKept) return;
      this.urls.delete(id);
      void url.then((text) => text && URL.revokeObjectURL(text));
    }
  }
}

const kLargestSide = 2560;

/** A photo over the limit made smaller; the file itself when that is not possible. */
export async function shrink(file: File, limit: number): Promise<Blob> {
  if (file.size <= limit || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, kLargestSide / Math.max(bitmap.width, bitmap.height));
    const canvas = h("canvas", { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    return blob && blob.size < file.size ? blob : file;
  } catch {
    return file;
  }
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
