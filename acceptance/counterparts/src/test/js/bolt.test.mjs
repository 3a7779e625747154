// @slack/bolt and @slack/oauth, Slack's own framework, against the counterpart: over HTTP and over Socket Mode.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import bolt from '@slack/bolt';
import { InstallProvider } from '@slack/oauth';
import { LogLevel } from '@slack/web-api';
import { base, button, control, modal, section, signal, slackApiUrl, world } from './control.mjs';

const running = [];
after(async () => {
  for (const app of running) {
    await app.stop();
  }
});

async function httpApp(made) {
  const app = new bolt.App({
    token: made.token,
    signingSecret: made.app.signing_secret,
    clientOptions: { slackApiUrl },
    logLevel: LogLevel.ERROR,
  });
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  running.push(app);
  await control('deliver', { app: made.app.id, url: `http://127.0.0.1:${server.address().port}/slack/events` });
  return app;
}

test('a signed mention reaches a Bolt app, which answers in the thread', async () => {
  const made = await world();
  const app = await httpApp(made);
  const heard = signal('mention');
  app.event('app_mention', async ({ event, say, context }) => {
    heard.resolve(context);
    await say({ text: `You said: ${event.text.replace(/<[^>]*>/, '').trim()}`, thread_ts: event.ts });
  });
  const { ts } = await control('say', { person: made.alice, channel: made.channel, text: `<@${made.bot.bot_user_id}> check disk` });
  assert.equal((await heard.promise).teamId, made.workspace);
  const answer = await control('await_message', { channel: made.channel, text: 'You said: check disk' });
  assert.equal(answer.thread_ts, ts);
});

test('direct messages and edits reach a Bolt app as message events', async () => {
  const made = await world();
  const app = await httpApp(made);
  const said = signal('message');
  const edited = signal('message_changed');
  app.message('hello', async ({ message }) => said.resolve(message));
  app.event('message', async ({ event }) => event.subtype === 'message_changed' && edited.resolve(event));
  const { id } = await control('direct', { person: made.alice, app: made.app.id, workspace: made.workspace });
  const { ts } = await control('say', { person: made.alice, channel: id, text: 'hello' });
  assert.equal((await said.promise).channel_type, 'im');
  await control('edit', { person: made.alice, channel: id, ts, text: 'goodbye' });
  assert.equal((await edited.promise).message.text, 'goodbye');
});

test('a slash command is acknowledged, and answers through its response URL', async () => {
  const made = await world();
  const app = await httpApp(made);
  app.command('/ops', async ({ command, ack, respond }) => {
    await ack();
    await respond({ text: `on it: ${command.text}` });
  });
  const answer = await control('command', { person: made.alice, app: made.app.id, channel: made.channel, command: '/ops', text: 'status' });
  assert.equal(answer.acknowledged, true);
  const seen = await control('await_ephemeral', { person: made.alice, channel: made.channel, text: 'on it: status' });
  assert.equal(seen.bot_id, made.bot.bot_id);
});

test('a button opens a modal, its submission is refused once and then taken', async () => {
  const made = await world();
  const app = await httpApp(made);
  app.action('approve', async ({ ack, body, client }) => {
    await ack();
    assert.equal(body.actions[0].value, 'p-1');
    await client.views.open({ trigger_id: body.trigger_id, view: modal('Why') });
  });
  app.view('why', async ({ ack, view, body, client }) => {
    const reason = view.state.values.reason.reason_text.value;
    if (reason.length < 3) {
      await ack({ response_action: 'errors', errors: { reason: 'Say more' } });
      return;
    }
    await ack();
    await client.chat.postMessage({ channel: made.channel, text: `<@${body.user.id}>: ${reason}` });
  });
  const { ts } = await app.client.chat.postMessage({ channel: made.channel, text: 'Approve?', blocks: [section('Approve?'), button('approve', 'p-1')] });
  await control('press', { person: made.alice, channel: made.channel, ts, action_id: 'approve' });
  const view = await control('await_view', { person: made.alice, text: 'Why' });
  await control('submit', { person: made.alice, view: view.id, values: { reason_text: 'x' } });
  assert.deepEqual((await control('await_view', { person: made.alice, text: 'Why' })).errors, { reason: 'Say more' });
  await control('submit', { person: made.alice, view: view.id, values: { reason_text: 'it hangs' } });
  await control('await_message', { channel: made.channel, text: 'it hangs' });
  assert.deepEqual(await control('modal', { person: made.alice }), {});
});

test('the App Home is published when it is opened', async () => {
  const made = await world();
  const app = await httpApp(made);
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [section('Welcome home')] } });
  });
  await control('home', { person: made.alice, app: made.app.id, workspace: made.workspace });
  const home = await control('await_view', { person: made.alice, text: 'Welcome home' });
  assert.equal(home.type, 'home');
});

test('a message shortcut carries the message', async () => {
  const made = await world();
  const app = await httpApp(made);
  const used = signal('shortcut');
  app.shortcut('explain', async ({ ack, shortcut }) => {
    await ack();
    used.resolve(shortcut);
  });
  const { ts } = await control('say', { person: made.bob, channel: made.channel, text: 'disk full' });
  await control('shortcut', { person: made.alice, app: made.app.id, channel: made.channel, ts, callback_id: 'explain' });
  const shortcut = await used.promise;
  assert.equal(shortcut.type, 'message_action');
  assert.equal(shortcut.message.text, 'disk full');
});

test('over Socket Mode a Bolt app hears, acknowledges with a body, and comes back after its connection is refreshed or cut', async () => {
  const made = await world({ socket_mode: true });
  const app = new bolt.App({
    token: made.token,
    appToken: made.app.app_token,
    socketMode: true,
    clientOptions: { slackApiUrl },
    logLevel: LogLevel.ERROR,
  });
  const heard = [];
  app.event('app_mention', async ({ event, say }) => {
    heard.push(event.ts);
    await say({ text: `heard ${heard.length}`, thread_ts: event.ts });
  });
  app.command('/ops', async ({ ack }) => ack('on it'));
  await app.start();
  running.push(app);
  const sockets = (act, count = 1) => control('sockets', { app: made.app.id, act, count });
  const mention = () => control('say', { person: made.alice, channel: made.channel, text: `<@${made.bot.bot_user_id}> hi` });

  await sockets('await');
  await mention();
  await control('await_message', { channel: made.channel, text: 'heard 1' });
  const answer = await control('command', { person: made.alice, app: made.app.id, channel: made.channel, command: '/ops', text: '' });
  assert.equal(answer.acknowledged, true);
  await control('await_ephemeral', { person: made.alice, channel: made.channel, text: 'on it' });

  await sockets('refresh');
  await sockets('await');
  await mention();
  await control('await_message', { channel: made.channel, text: 'heard 2' });

  await sockets('drop');
  await sockets('await');
  await mention();
  await control('await_message', { channel: made.channel, text: 'heard 3' });
});

test('installing by OAuth gives a token that works', async () => {
  const made = await world();
  const other = (await control('workspace', { name: 'Other' })).id;
  const installer = (await control('person', { workspace: other, name: 'olga' })).id;
  const stored = signal('installation');
  const provider = new InstallProvider({
    clientId: made.app.client_id,
    clientSecret: made.app.client_secret,
    stateSecret: 'state-secret',
    authorizationUrl: new URL('/oauth/v2/authorize', base).href,
    clientOptions: { slackApiUrl },
    logLevel: LogLevel.ERROR,
    installationStore: {
      storeInstallation: async (installation) => stored.resolve(installation),
      fetchInstallation: async () => {
        throw new Error('not asked for');
      },
    },
  });
  const server = createServer((request, response) =>
    request.url.startsWith('/slack/oauth_redirect')
      ? provider.handleCallback(request, response)
      : provider.handleInstallPath(request, response, {}, { scopes: ['chat:write'], redirectUri: `${here()}/slack/oauth_redirect` }),
  );
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const here = () => `http://127.0.0.1:${server.address().port}`;
  try {
    const page = await fetch(`${here()}/slack/install`);
    const cookie = page.headers.get('set-cookie').split(';')[0];
    const link = (await page.text()).match(/href="([^"]*authorize[^"]*)"/)[1].replaceAll('&amp;', '&');
    const allowed = await fetch(`${link}&team=${other}&user=${installer}`, { redirect: 'manual' });
    assert.equal(allowed.status, 302);
    await fetch(allowed.headers.get('location'), { headers: { cookie } });
    const installation = await stored.promise;
    assert.equal(installation.team.id, other);
    assert.equal(installation.user.id, installer);
    assert.deepEqual(installation.bot.scopes, ['chat:write']);
    assert.match(installation.bot.token, /^xoxb-/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a wrong signature is refused by Bolt, and the event is sent again', async () => {
  const made = await world();
  const app = new bolt.App({ token: made.token, signingSecret: 'another secret', clientOptions: { slackApiUrl }, logLevel: LogLevel.ERROR });
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  running.push(app);
  await control('deliver', { app: made.app.id, url: `http://127.0.0.1:${server.address().port}/slack/events` });
  const answer = await control('command', { person: made.alice, app: made.app.id, channel: made.channel, command: '/ops', text: '' });
  assert.equal(answer.acknowledged, false);
  assert.equal(answer.status, 401);
});
