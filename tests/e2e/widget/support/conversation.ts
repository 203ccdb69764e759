// A customer of the demo shop and an agent on the other side.

import type { Agent, DemoFlow } from "./agent.js";
import type { Widget } from "./browser.js";

/** Greeted by the flow, wrong word, right word, answered by the agent; answers with the session's id. */
export async function reachAgent(widget: Widget, flow: DemoFlow, agent: Agent): Promise<number> {
  await widget.open();
  await widget.row(flow.prompt).first().waitFor();
  await widget.say("完全不对的词");
  await widget.row(flow.wrongText).waitFor();
  await widget.say(flow.keyword);
  const session = await agent.answer();
  await widget.page.locator("cloudbell-widget .subtitle", { hasText: /工号 \d+/ }).waitFor();
  return session;
}

/** What the server keeps of the customer's words. */
export async function history(who: Agent, session: number): Promise<string[]> {
  const response = await fetch(`${who.origin}/api/v1/sessions/${session}/messages?limit=200`, {
    headers: { Authorization: `Bearer ${who.token}` },
  });
  const body = (await response.json()) as { messages: { side: string; text?: string }[] };
  return body.messages.filter((message) => message.side === "customer").map((message) => message.text ?? "");
}
