// Finds web addresses in plain text. Only http and https ever become links.

export interface Piece {
  text: string;
  href?: string;
}

const kAddress = /(?:https?:\/\/|www\.)[^\s<>"'`\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+/gi;

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(kAddress)) {
    const address = trimmed(match[0]);
    const href = hrefOf(address);
    if (!href) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** A full stop or bracket behind an address belongs to the sentence. */
function trimmed(address: string): string {
  let text = address.replace(/[.,;:!?…'"*]+$/, "");
  while (text.endsWith(")") && text.split("(").length < text.split(")").length) text = text.slice(0, -1);
  return text.replace(/[.,;:!?]+$/, "");
}

function hrefOf(address: string): string | undefined {
  try {
    const url = new URL(/^www\./i.test(address) ? `https://${address}` : address);
    const web = url.protocol === "http:" || url.protocol === "https:";
    return web && (url.hostname.includes(".") || url.hostname === "localhost") ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** One to three emoji and nothing else: shown large. */
export function isEmojiOnly(text: string): boolean {
  const trimmedText = text.trim();
  if (!trimmedText || trimmedText.length > 40) return false;
  if (!/^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d\ufe0f]+$/u.test(trimmedText)) return false;
  const segments = typeof Intl.Segmenter === "function" ? [...new Intl.Segmenter().segment(trimmedText)] : [...trimmedText];
  return segments.length <= 3;
}
