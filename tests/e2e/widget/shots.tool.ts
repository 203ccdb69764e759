// Pictures of every state, to be looked at:  node out/shots.tool.mjs FOLDER

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, onStage } from "./support/browser.js";
import type { Stage } from "./support/browser.js";
import { png } from "./support/pictures.js";

const folder = process.argv[2] ?? "shots";
mkdirSync(folder, { recursive: true });
const browser = await launch();

const looks = [
  { name: "desktop-light-zh", viewport: { width: 900, height: 720 }, colorScheme: "light", lang: "zh", colour: "#0B6E6E" },
  { name: "desktop-dark-en", viewport: { width: 900, height: 720 }, colorScheme: "dark", lang: "en", colour: "#0B6E6E" },
  { name: "phone-light-en", viewport: { width: 390, height: 760 }, colorScheme: "light", lang: "en", colour: "#E8702A" },
  { name: "phone-dark-zh", viewport: { width: 390, height: 760 }, colorScheme: "dark", lang: "zh", colour: "#FFD400" },
] as const;

for (const look of looks) {
  const zh = look.lang === "zh";
  const page = "<main style='font:16px sans-serif;padding:24px'><h1>Shop</h1><p>Page of the host.</p></main>";
  await onStage(
    browser,
    {
      viewport: look.viewport,
      colorScheme: look.colorScheme,
      path: "/look",
      prepare: (server) => {
        server.channel.colour = look.colour;
        if (!zh) {
          server.channel.name = "Cloud Bell Shop";
          server.greeting = ["Welcome to Cloud Bell Shop!", "Please answer with a keyword:\n1 products\n2 after-sales\n0 talk to a person"];
        }
        server.addPage("/look", server.scriptTag.replace("defer", `data-lang="${look.lang}" defer`), page);
      },
    },
    (stage) => walk(stage, look.name, zh),
  );
}
await browser.close();

async function walk({ server, widget, page }: Stage, name: string, zh: boolean): Promise<void> {
  let count = 0;
  const shot = async (state: string): Promise<void> => {
    await page.mouse.move(5, 5);
    await page.waitForTimeout(220);
    await page.screenshot({ path: join(folder, `${name}-${++count}-${state}.png`) });
  };
  const say = (chinese: string, english: string): string => (zh ? chinese : english);
  await widget.bubble.waitFor();
  server.refuse("session.start", { code: "not_set_up", grade: "rejected" });
  await widget.open();
  await shot("not-set-up");
  await widget.button(say("重试", "Try again")).click();
  await widget.row(say("关键词", "keyword")).waitFor();
  await shot("greeted");
  await widget.say("0");
  await widget.sent("0").waitFor();
  server.queue(2);
  await shot("queued");
  server.assign("阿狸", "000010");
  server.says(say("您好，我是阿狸，工号 000010，很高兴为您服务。请问有什么可以帮您？", "Hello, this is Ali. How can I help you today?"));
  await widget.say(say("我上周买的茶具有一个杯子裂了，可以换吗？", "One of the cups in the tea set I bought last week arrived cracked. Can I have it replaced?"));
  await page.locator("cloudbell-widget input[type=file]").setInputFiles({ name: "cup.png", mimeType: "image/png", buffer: png(480, 360) });
  await page.locator("cloudbell-widget .chip img").waitFor();
  await widget.input.fill(say("照片在这里", "Here is a photo"));
  await shot("chosen");
  await widget.button(say("发送", "Send")).click();
  await page.locator("cloudbell-widget .row.picture .tick.sent").waitFor();
  server.reads();
  server.says(say("看到了，给您带来不便很抱歉。换货说明：https://shop.example/help/exchange", "I see, I am sorry about that. How exchanging works: https://shop.example/help/exchange"));
  server.sendsFile(say("换货申请表.pdf", "exchange-form.pdf"), Buffer.alloc(182_000));
  await widget.say("👍");
  server.types(true);
  await shot("serving");
  await widget.button(say("表情", "Emoji")).click();
  await shot("emoji");
  await page.keyboard.press("Escape");
  server.types(false);
  server.refuse("message.send", { code: "bad_text", grade: "rejected" });
  await widget.say(say("这条没有发出去", "This one was refused"));
  await page.locator("cloudbell-widget .row.failed").waitFor();
  server.accepting = false;
  server.cut();
  await widget.link.waitFor();
  await widget.say(say("断线时写的", "Written while offline"));
  await shot("offline");
  server.accepting = true;
  await widget.link.waitFor({ state: "hidden" });
  await widget.button(say("结束会话", "End conversation")).click();
  await shot("asking");
  server.end("agent_ended");
  await widget.button(say("开始新的咨询", "Start a new conversation")).waitFor();
  await shot("ended");
  await page.keyboard.press("Escape");
  server.says("x");
  await shot("closed");
}
