// Random names. `crypto.randomUUID` is missing on pages without https, `getRandomValues` is not.

/** RFC 9562 version 4, from 16 random bytes. */
export function uuidFrom(bytes: Uint8Array): string {
  const b = Uint8Array.from(bytes.subarray(0, 16));
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x40;
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(b, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** base64url without padding. */
export function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}

export const newUuid = (): string => uuidFrom(crypto.getRandomValues(new Uint8Array(16)));

/** 32 random bytes: who the visitor is, known to this browser only. */
export const newToken = (): string => base64Url(crypto.getRandomValues(new Uint8Array(32)));
