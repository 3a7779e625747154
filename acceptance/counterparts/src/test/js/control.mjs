// The counterpart's control API, and a workspace with an app and people for one test.

export const base = process.env.SLACK_COUNTERPART ?? 'http://127.0.0.1:8799/';
export const slackApiUrl = new URL('/api/', base).href;

export async function control(act, args = {}) {
  const response = await fetch(new URL(`/control/${act}`, base), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(`${act}: ${answer.error}`);
  }
  return answer.result;
}

let count = 0;

/** A workspace of its own, with alice, bob, a channel and the installed app. */
export async function world(options = {}) {
  count += 1;
  const workspace = (await control('workspace', { name: `Acme ${count}` })).id;
  const alice = (await control('person', { workspace, name: 'alice' })).id;
  const bob = (await control('person', { workspace, name: 'bob' })).id;
  const app = await control('app', { name: `Ops ${count}`, ...options });
  const bot = await control('install', { workspace, app: app.id });
  const channel = (await control('channel', { workspace, name: `general${count}`, members: [alice, bob, bot.bot_user_id] })).id;
  return { workspace, alice, bob, app, bot, channel, token: bot.bot_token };
}

/** Resolves with the first value, once; rejects when it does not come in ten seconds. */
export function signal(what) {
  const { promise, resolve, reject } = Promise.withResolvers ? Promise.withResolvers() : later();
  const timer = setTimeout(() => reject(new Error(`there was no ${what} within ten seconds`)), 10_000);
  return { promise: promise.finally(() => clearTimeout(timer)), resolve };
}

function later() {
  let resolve;
  let reject;
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

export const plain = (text) => ({ type: 'plain_text', text });
export const section = (text) => ({ type: 'section', text: { type: 'mrkdwn', text } });
export const button = (action_id, value) => ({
  type: 'actions',
  elements: [{ type: 'button', action_id, value, text: plain('Approve') }],
});
export const modal = (title) => ({
  type: 'modal',
  callback_id: 'why',
  title: plain(title),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input',
      block_id: 'reason',
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'reason_text' },
    },
  ],
});
