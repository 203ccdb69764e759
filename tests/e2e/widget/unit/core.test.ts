import { webcrypto } from "node:crypto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { brandOf, contrast, parseColour } from "../../../../resources/widget/src/core/colour.js";
import { chooseLang, tables, wordsFor } from "../../../../resources/widget/src/core/i18n.js";
import { isEmojiOnly, linkify } from "../../../../resources/widget/src/core/linkify.js";
import { kMostWaiting, Outbox } from "../../../../resources/widget/src/core/outbox.js";
import { readMessage, readView } from "../../../../resources/widget/src/core/protocol.js";
import type { Message } from "../../../../resources/widget/src/core/protocol.js";
import { base64Url, newToken, uuidFrom } from "../../../../resources/widget/src/core/random.js";
import { MemoryShelf, openShelf, WebShelf } from "../../../../resources/widget/src/core/storage.js";
import { Transcript } from "../../../../resources/widget/src/core/transcript.js";
import { noticeText } from "../../../../resources/widget/src/ui/problems.js";
import { earlierSpan, kWindow, laterSpan, rowsOf, tailSpan } from "../../../../resources/widget/src/ui/rows.js";
import colours from "../../../data/widget/colours.json";

// Browsers have it; Node only since 20.
if (!globalThis.crypto) Object.defineProperty(globalThis, "crypto", { value: webcrypto });

const rgb = (text: string) => parseColour(text) ?? assert.fail(text);

test("every brand colour ends up readable", () => {
  const steps = [0, 0x33, 0x66, 0x80, 0x99, 0xcc, 0xff];
  const pair = (value: number) => value.toString(16).padStart(2, "0");
  for (const r of steps)
    for (const g of steps)
      for (const b of steps) {
        const colour = `#${pair(r)}${pair(g)}${pair(b)}`;
        const brand = brandOf(colour);
        assert.ok(contrast(rgb(brand.fill), rgb(brand.on)) >= 4.5, `${colour} fill`);
        for (const surface of ["#FFFFFF", "#F6F7F9", "#EEF0F3"])
          assert.ok(contrast(rgb(brand.inkLight), rgb(surface)) >= 4.5, `${colour} on ${surface}`);
        for (const surface of ["#15181C", "#1D2126", "#111417", "#272C33"])
          assert.ok(contrast(rgb(brand.inkDark), rgb(surface)) >= 4.5, `${colour} on ${surface}`);
      }
});

test("a good colour is kept, a middling one darkened, a bright one gets dark letters", () => {
  assert.deepEqual([brandOf("#0B6E6E").fill, brandOf("#0B6E6E").on], ["#0B6E6E", "#FFFFFF"]);
  assert.equal(brandOf("#E8702A").on, "#FFFFFF");
  assert.notEqual(brandOf("#E8702A").fill, "#E8702A");
  assert.deepEqual([brandOf("#FFD400").fill, brandOf("#FFD400").on], ["#FFD400", "#0C1517"]);
  assert.equal(brandOf("nonsense").fill, "#0B6E6E");
  assert.equal(brandOf("#fff").fill, "#FFFFFF");
});

// The desktop program's preview reads the same table (tests/client/admin/brand_test.cpp).
test("letters and ground are those of the table", () => {
  for (const { colour, fill, letters } of colours) {
    const brand = brandOf(colour);
    assert.deepEqual([brand.fill, brand.on], [fill, letters], colour);
  }
});

test("only web addresses become links", () => {
  const links = (text: string) => linkify(text).filter((piece) => piece.href).map((piece) => piece.text);
  assert.deepEqual(links("see https://a.example/x?y=1. Or (http://b.example/(z))!"), ["https://a.example/x?y=1", "http://b.example/(z)"]);
  assert.deepEqual(links("请看https://a.example/路径，谢谢"), ["https://a.example/"]);
  assert.deepEqual(links("www.shop.example、再见"), ["www.shop.example"]);
  assert.deepEqual(links("javascript:alert(1) data:text/html,x file:///etc ftp://a.example https://"), []);
  for (const text of ["", "plain", "a https://b.example c", "https://a.example https://b.example"])
    assert.equal(linkify(text).map((piece) => piece.text).join(""), text);
});

test("a few emoji alone are shown large", () => {
  for (const text of ["😀", "👍🏽", "👩‍💻🎉", "🇨🇳", "❤️ "]) assert.ok(isEmojiOnly(text), text);
  for (const text of ["", "1", "😀 ok", "😀😀😀😀", "#", "12"]) assert.ok(!isEmojiOnly(text), text);
});

test("both languages have every sentence with the same arguments", () => {
  const slots = (text = "") => [...text.matchAll(/\{\d\}/g)].map(String).sort();
  assert.deepEqual(Object.keys(tables.zh).sort(), Object.keys(tables.en).sort());
  for (const key of Object.keys(tables.en)) {
    assert.deepEqual(slots(tables.zh[key]), slots(tables.en[key]), key);
    assert.ok(tables.zh[key]);
  }
  assert.equal(wordsFor("zh").say("queueMany", 3), "您前面还有 3 位。");
});

test("the language: the script's wish, the page's, the browser's", () => {
  assert.equal(chooseLang(["zh-Hant", "en"]), "zh");
  assert.equal(chooseLang([undefined, "", "fr", "en-US", "zh"]), "en");
  assert.equal(chooseLang([undefined, "zh_CN"]), "zh");
  assert.equal(chooseLang(["fr", "de"]), "en");
});

const message = (seq: number, more: Partial<Message> = {}): Message => ({
  seq,
  at: seq * 1000,
  uuid: `u${seq}`,
  session: 1,
  side: "agent",
  kind: "text",
  text: String(seq),
  ...more,
});

test("the transcript orders by sequence and takes nothing twice", () => {
  const transcript = new Transcript();
  for (const seq of [5, 3, 9, 3, 7, 5, 1]) transcript.add(message(seq));
  assert.deepEqual(transcript.messages.map((m) => m.seq), [1, 3, 5, 7, 9]);
  assert.equal(transcript.add(message(9)), false);
  assert.ok(transcript.has("u7"));
});

test("a fetched page replaces what is known, except what came after its cursor", () => {
  const transcript = new Transcript();
  for (const seq of [1, 2, 12]) transcript.add(message(seq));
  transcript.replace([message(8), message(9), message(10)], true, 10);
  assert.deepEqual(transcript.messages.map((m) => m.seq), [8, 9, 10, 12]);
  assert.ok(!transcript.has("u1"));
  transcript.prepend([message(6), message(7), message(8)], false);
  assert.deepEqual(transcript.messages.map((m) => m.seq), [6, 7, 8, 9, 10, 12]);
  assert.equal(transcript.more, false);
});

test("the outbox keeps the order of writing and survives a new start", () => {
  const shelf = new MemoryShelf();
  const outbox = new Outbox(shelf);
  for (const uuid of ["c", "a", "b"]) outbox.add({ uuid, kind: "text", text: uuid }, 1000);
  outbox.update("c", { refusal: { code: "text_too_long", grade: "rejected", params: {} } });
  const again = new Outbox(shelf);
  assert.deepEqual(again.all().map((entry) => entry.uuid), ["c", "a", "b"]);
  assert.equal(again.next()?.uuid, "a");
  again.remove("a");
  assert.equal(outbox.next()?.uuid, "b");
  outbox.update("c", { refusal: undefined });
  assert.equal(outbox.next()?.uuid, "c");
  shelf.set("out:zzz", "rubbish");
  assert.equal(outbox.all().length, 2);
  for (let i = 0; i < kMostWaiting - 4; i++) outbox.add({ uuid: `u${i}`, kind: "text", text: "x" }, 2000);
  assert.ok(!outbox.full);
  outbox.add({ uuid: "last", kind: "text", text: "x" }, 3000);
  assert.ok(outbox.full);
});

test("why a customer waits again, in words", () => {
  const words = wordsFor("en");
  const said = (reason: string, agentName = "A") => noticeText({ key: "n", at: 0, after: 0, reason, agentName }, words);
  assert.match(said("transferred"), /^A has passed/);
  for (const reason of ["agent_lost", "removed_from_group", "agent_deleted"]) assert.match(said(reason), /^A cannot go on/);
  assert.match(said("agent_lost", ""), /^The agent cannot/);
  for (const reason of ["server_restarted", "something new"]) assert.equal(said(reason), words.say("returnedAgain"));
  assert.equal(readView({ session: 4, state: "open", returned: "transferred" })?.returned, "");
  assert.deepEqual([readView({ session: 4, state: "queued", returned: "x", direct: true })?.returned, readView({ session: 4, state: "queued" })?.direct], ["x", false]);
});

test("blocked or full storage becomes memory", () => {
  const blocked = openShelf(() => {
    throw new Error("denied");
  }, "p:");
  blocked.set("a", "1");
  assert.equal(blocked.get("a"), "1");

  const values = new Map<string, string>([["other", "x"]]);
  const full = {
    get length() {
      return values.size;
    },
    key: (i: number) => [...values.keys()][i] ?? null,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: () => {
      throw new Error("quota");
    },
    removeItem: (key: string) => void values.delete(key),
  } as unknown as Storage;
  const shelf = new WebShelf(full, "p:");
  shelf.set("a", "1");
  assert.deepEqual([shelf.get("a"), shelf.keys()], ["1", ["a"]]);
  shelf.remove("a");
  assert.equal(shelf.get("a"), null);
});

test("names are of the right form", () => {
  assert.match(uuidFrom(new Uint8Array(16).fill(255)), /^ffffffff-ffff-4fff-bfff-ffffffffffff$/);
  assert.match(newToken(), /^[\w-]{43}$/);
  assert.equal(base64Url(new Uint8Array([255, 254, 253, 252])), "__79_A");
});

test("fields that are left out have their default, unknown things are passed over", () => {
  assert.deepEqual(readView({ session: 4, state: "queued" })?.ahead, 0);
  assert.deepEqual(readView({ session: 4 })?.state, "flow");
  assert.deepEqual(readView({ session: 4, state: "completed" })?.state, "ended");
  assert.equal(readView(undefined), null);
  assert.equal(readMessage({ seq: 1, kind: "hologram" }), undefined);
  assert.equal(readMessage({ kind: "text" }), undefined);
  assert.equal(readMessage({ seq: 1, text: 5 })?.text, "");
});

test("rows: day lines, new conversations, runs, marks", () => {
  const day = 86400000;
  const rows = rowsOf({
    messages: [
      message(1, { at: day }),
      message(2, { at: 3 * day, side: "customer" }),
      message(3, { at: 3 * day + 1000, side: "customer" }),
      message(4, { at: 3 * day + 2000, side: "customer", session: 2 }),
    ],
    waiting: [{ uuid: "w", at: 3 * day + 3000, kind: "text", text: "w" }],
    uploads: [],
    notices: [
      { key: "n1", at: 3 * day, after: 1, reason: "transferred", agentName: "A" },
      { key: "n2", at: 3 * day, after: 4, reason: "agent_lost", agentName: "A" },
    ],
    connected: false,
    agentDelivered: 3,
    agentRead: 2,
  });
  const shape = rows.map((row) => (row.kind === "message" ? `${row.text} ${row.mark}${row.first ? " first" : ""}${row.last ? " last" : ""}` : row.kind));
  assert.deepEqual(shape, [
    "day",
    "1 none first last",
    "day",
    "notice",
    "2 read first last",
    "3 delivered last",
    "session",
    "4 sent first last",
    "notice",
    "w waiting first last",
  ]);
});

test("the window over the rows never holds more than its size and reaches both ends", () => {
  const count = 1000;
  let span = tailSpan(count);
  assert.deepEqual(span, { start: 800, end: 1000 });
  let steps = 0;
  while (span.start > 0 && steps++ < 100) {
    span = earlierSpan(span, count);
    assert.ok(span.end - span.start <= kWindow);
  }
  assert.equal(span.start, 0);
  steps = 0;
  while (span.end < count && steps++ < 100) {
    span = laterSpan(span, count);
    assert.ok(span.end - span.start <= kWindow);
  }
  assert.deepEqual(span, tailSpan(count));
  assert.deepEqual(tailSpan(3), { start: 0, end: 3 });
});
