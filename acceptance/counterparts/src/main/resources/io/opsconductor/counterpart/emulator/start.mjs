// Plays a workspace on a free port of this machine: the seed is in SLACK_EMULATOR_SEED, each line of the input is an
// address that gets the events from then on, and the end of the input ends it.
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createEmulator } from "emulate";

// The emulator signs and sends events, but has no call to subscribe to them: take hold of what sends them.
const dist = new URL("./node_modules/emulate/dist/", import.meta.url);
const file = readdirSync(dist).find(
  (name) => name.endsWith(".js") && readFileSync(new URL(name, dist), "utf8").includes("@emulators/slack/dist/index.js"),
);
const { slackPlugin } = await import(new URL(file, dist));
const register = slackPlugin.register;
let events;
slackPlugin.register = (app, store, dispatcher, ...more) => {
  events = dispatcher;
  register.call(slackPlugin, app, store, dispatcher, ...more);
};

const seed = JSON.parse(process.env.SLACK_EMULATOR_SEED);
const emulator = await createEmulator({ service: "slack", port: 0, hostname: "127.0.0.1", seed: { slack: seed } });
console.log(`ready ${emulator.url}`);
for await (const url of createInterface({ input: process.stdin })) {
  events.register({ url, events: ["message"], active: true, owner: "slack" });
  console.log(`events to ${url}`);
}
await emulator.close();
process.exit(0);
