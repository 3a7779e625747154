// The least app that acknowledges what the bench sends: nothing is stored, nothing is answered.
const { App, HTTPReceiver, LogLevel } = require('@slack/bolt');

const receiver = new HTTPReceiver({
  signingSecret: process.env.BENCH_SIGNING_SECRET,
  endpoints: ['/slack/events'],
  logLevel: LogLevel.ERROR,
});
const app = new App({
  receiver,
  logLevel: LogLevel.ERROR,
  // Known beforehand, so that no event costs a call.
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B0000000BENCH', botUserId: 'U0000000BENCH' }),
});
app.event('app_mention', async () => {});
app.event('message', async () => {});
app.start({ port: Number(process.env.BENCH_PORT), host: '127.0.0.1' }).then(() => console.log('ready'));
