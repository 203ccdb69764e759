// An SMTP server for tests: node smtp_peer.mjs NPM-FOLDER '{"starttls":true,…}'. Says on stdout what happens, a JSON
// object a line: its port, each letter that came, what it answered. Hears on stdin: a line "answer" lets a held letter go.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(process.argv[2] + "/package.json");
const { SMTPServer } = require("smtp-server");
const options = JSON.parse(process.argv[3] ?? "{}");
const tell = (what) => process.stdout.write(JSON.stringify(what) + "\n");

/** Answers to give before good ones: {"stage": "rcpt" | "data", "code": 450}. */
const replies = [...(options.replies ?? [])];
const held = [];

const refusal = (stage) => {
  if (replies[0]?.stage !== stage) return undefined;
  const error = new Error(`told to say ${replies[0].code}`);
  error.responseCode = replies.shift().code;
  tell({ refused: error.responseCode });
  return error;
};

const server = new SMTPServer({
  secure: options.secure ?? false,
  key: options.key && readFileSync(options.key),
  cert: options.cert && readFileSync(options.cert),
  hideSTARTTLS: !options.starttls,
  authOptional: !options.user,
  allowInsecureAuth: !options.key,
  disableReverseLookup: true,
  logger: false,
  onAuth: (auth, session, done) =>
    auth.username === options.user && auth.password === options.password
      ? done(null, { user: auth.username })
      : done(Object.assign(new Error("no"), { responseCode: 535 })),
  onRcptTo: (address, session, done) => done(refusal("rcpt")),
  onData: (stream, session, done) => {
    const pieces = [];
    stream.on("data", (piece) => pieces.push(piece));
    stream.on("end", () => {
      const error = refusal("data");
      if (error) return done(error);
      const raw = Buffer.concat(pieces).toString("latin1");
      const { mailFrom, rcptTo } = session.envelope;
      tell({ raw, from: mailFrom.address, to: rcptTo.map((one) => one.address), secure: session.secure, user: session.user ?? "" });
      const answer = () => {
        done();
        tell({ answered: true });
      };
      if (options.hold) held.push(answer);
      else answer();
    });
  },
});
server.on("error", () => {}); // of single connections; the test sees what became of them
server.listen(options.port ?? 0, "127.0.0.1", () => tell({ port: server.server.address().port }));

createInterface({ input: process.stdin })
  .on("line", (line) => line === "answer" && held.shift()?.())
  .on("close", () => process.exit(0)); // never outlives its test
