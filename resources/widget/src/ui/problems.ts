// What went wrong, in the customer's words.

import type { Notice } from "../core/chat.js";
import type { Key, Words } from "../core/i18n.js";
import type { Limits, ProtocolError } from "../core/protocol.js";

const kSaid: Record<string, Key> = {
  blocked: "stoppedblocked",
  not_set_up: "not_set_up",
  channel_unknown: "channel_unknown",
  origin_not_allowed: "origin_not_allowed",
  protocol_unsupported: "protocol_unsupported",
  type_not_allowed: "type_not_allowed",
  not_a_picture: "not_a_picture",
  rate_limited: "throttled",
  file_empty: "emptyFile",
};

/** Trying again helps only where the answer may change. */
export const isFinal = (error: ProtocolError): boolean =>
  ["blocked", "channel_unknown", "origin_not_allowed", "protocol_unsupported"].includes(error.code);

/** No setting of the server will ever let it pass: there is nothing to try again. */
export const isPermanent = (error: ProtocolError): boolean => error.code === "file_empty";

/** Why the customer waits again although somebody was there. */
export function noticeText({ reason, agentName }: Notice, words: Words): string {
  const who = agentName || words.say("someone");
  if (reason === "transferred") return words.say("returnedTransferred", who);
  if (["agent_lost", "removed_from_group", "agent_deleted"].includes(reason)) return words.say("returnedGone", who);
  return words.say("returnedAgain");
}

export function sentenceFor(error: ProtocolError, words: Words): string {
  return words.say(kSaid[error.code] ?? "unavailable");
}

export const megabytes = (bytes: number): number => Math.round((bytes / 1024 / 1024) * 10) / 10;

/** Why one message or upload did not go; empty when there is nothing to add to "not sent". */
export function reasonFor(error: ProtocolError, kind: "text" | "picture" | "file", limits: Limits, words: Words): string {
  if (error.code === "file_too_large") {
    const limit = typeof error.params.limit === "number" ? error.params.limit : 0;
    if (kind === "picture") return words.say("pictureTooLarge", megabytes(limit || limits.pictureBytes));
    return words.say("fileTooLarge", megabytes(limit || limits.fileBytes));
  }
  const key = kSaid[error.code];
  return key ? words.say(key) : "";
}
