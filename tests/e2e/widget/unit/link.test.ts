import assert from "node:assert/strict";
import { test } from "node:test";
import { kRetryMs, Link } from "../../../../resources/widget/src/core/link.js";
import type { LinkEffect, LinkInput } from "../../../../resources/widget/src/core/link.js";

const kHello = { channel: "k", token: "t", cursor: 5, locale: "en", page: { url: "u", title: "" } };

class Bench {
  readonly link: Link;
  effects: LinkEffect[] = [];

  constructor(random = () => 0.5) {
    this.link = new Link(() => kHello, random);
  }

  step(...inputs: LinkInput[]): this {
    this.effects = inputs.flatMap((input) => this.link.step(input));
    return this;
  }

  frame(frame: object): this {
    return this.step({ kind: "received", raw: JSON.stringify(frame) });
  }

  ready(): this {
    return this.step({ kind: "start" }, { kind: "opened" }).frame({ t: "welcome", re: 1, d: { resumed: true, cursor: 9 } });
  }

  sent(): { t: string; id?: number; d?: Record<string, unknown> }[] {
    return this.effects.flatMap((effect) => (effect.kind === "send" ? [JSON.parse(effect.raw)] : []));
  }

  retryIn(): number | undefined {
    const timers = this.effects.flatMap((effect) => (effect.kind === "timer" && effect.name === "retry" ? [effect.ms] : []));
    return timers.at(-1);
  }
}

test("says hello first, with its cursor, and is ready on the welcome", () => {
  const bench = new Bench().step({ kind: "start" });
  assert.equal(bench.link.phase, "connecting");
  bench.step({ kind: "opened" });
  assert.deepEqual(bench.sent(), [{ t: "hello", id: 1, d: { protocol: 1, ...kHello } }]);
  bench.frame({ t: "welcome", re: 1, d: { resumed: true, cursor: 9 } });
  assert.equal(bench.link.phase, "ready");
  const kinds = bench.effects.map((effect) => effect.kind);
  assert.ok(kinds.indexOf("welcome") < kinds.indexOf("phase"), "the live state comes before anybody may send");
});

test("reconnects with the protocol's delays", () => {
  const bench = new Bench().step({ kind: "start" });
  const delays: (number | undefined)[] = [];
  for (let i = 0; i < 8; i++) {
    bench.step({ kind: "closed", code: 1006 });
    delays.push(bench.retryIn());
    bench.step({ kind: "timer", name: "retry" });
  }
  assert.deepEqual(delays, [...kRetryMs, 15000, 15000]);
});

test("delays vary by 30 % either way", () => {
  for (const [random, factor] of [[0, 0.7], [1, 1.3]] as const) {
    const bench = new Bench(() => random).step({ kind: "start" }, { kind: "closed", code: 1006 });
    assert.equal(bench.retryIn(), 500 * factor);
  }
});

test("a success resets the delays", () => {
  const bench = new Bench().step({ kind: "start" });
  for (let i = 0; i < 4; i++) bench.step({ kind: "closed", code: 1006 }, { kind: "timer", name: "retry" });
  bench.step({ kind: "opened" }).frame({ t: "welcome", d: {} }).step({ kind: "closed", code: 1006 });
  assert.equal(bench.retryIn(), 500);
});

test("after a clean 1001 it waits 0 to 2 s", () => {
  const bench = new Bench(() => 0.25).ready().step({ kind: "closed", code: 1001 });
  assert.equal(bench.retryIn(), 500);
  assert.equal(new Bench(() => 0).ready().step({ kind: "closed", code: 1001 }).retryIn(), 0);
});

test("a refused hello stops for good, a busy server is asked again when it said", () => {
  const refused = new Bench().step({ kind: "start" }, { kind: "opened" });
  refused.frame({ t: "error", re: 1, d: { code: "blocked", grade: "rejected" } });
  assert.equal(refused.link.phase, "stopped");
  assert.equal(refused.link.problem?.code, "blocked");
  refused.step({ kind: "closed", code: 1008 }, { kind: "timer", name: "retry" }, { kind: "network", online: true });
  assert.equal(refused.link.phase, "stopped");
  refused.step({ kind: "start" });
  assert.equal(refused.link.phase, "connecting");

  const busy = new Bench().step({ kind: "start" }, { kind: "opened" });
  busy.frame({ t: "error", re: 1, d: { code: "rate_limited", grade: "retry", params: { retry_ms: 7000 } } });
  assert.equal(busy.link.phase, "waiting");
  assert.equal(busy.retryIn(), 7000);
});

test("1008 and 4002 are not answered by reconnecting, 4008 and 1013 are", () => {
  for (const code of [1008, 4002]) assert.equal(new Bench().ready().step({ kind: "closed", code }).link.phase, "stopped");
  for (const code of [1006, 1013, 4008]) assert.equal(new Bench().ready().step({ kind: "closed", code }).link.phase, "waiting");
});

test("every request is answered once: by the server or by the loss", () => {
  const bench = new Bench().ready();
  bench.step({ kind: "request", ref: 71, t: "message.send", d: { uuid: "a" } }, { kind: "request", ref: 72, t: "session.leave", d: {} });
  const [first, second] = bench.sent();
  assert.notEqual(first?.id, second?.id);
  bench.frame({ t: "ok", re: first?.id, d: { seq: 10 } });
  assert.deepEqual(bench.effects.filter((effect) => effect.kind === "answer"), [{ kind: "answer", ref: 71, d: { seq: 10 } }]);
  bench.frame({ t: "ok", re: first?.id, d: { seq: 10 } });
  assert.deepEqual(bench.effects.filter((effect) => effect.kind === "answer"), []);
  bench.step({ kind: "closed", code: 1006 });
  const refused = bench.effects.filter((effect) => effect.kind === "refused");
  assert.deepEqual(refused.map((effect) => [effect.ref, effect.error.code]), [[72, "not_connected"]]);
  bench.step({ kind: "request", ref: 73, t: "session.start", d: {} });
  assert.deepEqual(bench.effects.map((effect) => effect.kind), ["refused"]);
});

test("silence is probed, and a dead line dropped", () => {
  const bench = new Bench().ready().step({ kind: "timer", name: "ping" });
  assert.equal(bench.sent()[0]?.t, "ping");
  bench.step({ kind: "timer", name: "pong" });
  assert.equal(bench.link.phase, "waiting");
  assert.ok(bench.effects.some((effect) => effect.kind === "disconnect"));

  const alive = new Bench().ready().step({ kind: "timer", name: "ping" }).frame({ t: "ok", re: 2 });
  assert.ok(alive.effects.some((effect) => effect.kind === "cancel" && effect.name === "pong"));
});

test("the network coming back shortens the wait, unless the server asked for it", () => {
  const bench = new Bench().ready().step({ kind: "network", online: false }, { kind: "closed", code: 1006 });
  bench.step({ kind: "network", online: true });
  assert.equal(bench.link.phase, "connecting");

  const asked = new Bench().step({ kind: "start" }, { kind: "opened" });
  asked.frame({ t: "error", re: 1, d: { code: "overloaded", grade: "retry", params: { retry_ms: 5000 } } });
  asked.step({ kind: "network", online: false }, { kind: "network", online: true });
  assert.equal(asked.link.phase, "waiting");
});

test("no welcome in time is a failed attempt", () => {
  const bench = new Bench().step({ kind: "start" }, { kind: "opened" }, { kind: "timer", name: "greeting" });
  assert.equal(bench.link.phase, "waiting");
});

test("rubbish and unknown frames do no harm", () => {
  const bench = new Bench().ready();
  for (const raw of ["", "{", "[]", "null", '{"t":5}', '{"t":"ok"}', '{"t":"ok","re":99}', '{"t":"welcome"}'])
    bench.step({ kind: "received", raw });
  bench.step({ kind: "received", raw: new ArrayBuffer(4) });
  assert.equal(bench.link.phase, "ready");
});
