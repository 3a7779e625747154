// @slack/web-api, Slack's own client, against the counterpart.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode, LogLevel, WebClient } from '@slack/web-api';
import { button, control, modal, section, slackApiUrl, world } from './control.mjs';

function client(token, options = {}) {
  return new WebClient(token, { slackApiUrl, logLevel: LogLevel.ERROR, ...options });
}

async function refusal(call) {
  const error = await call.then(
    (answer) => assert.fail(`was not refused: ${JSON.stringify(answer)}`),
    (problem) => problem,
  );
  assert.equal(error.code, ErrorCode.PlatformError, String(error));
  return error.data;
}

test('auth.test names the workspace, the bot and its scopes', async () => {
  const { token, workspace, bot } = await world();
  const answer = await client(token).auth.test();
  assert.equal(answer.team_id, workspace);
  assert.equal(answer.bot_id, bot.bot_id);
  assert.equal(answer.user_id, bot.bot_user_id);
  assert.ok(answer.response_metadata.scopes.includes('chat:write'));
});

test('a message with blocks is posted, answered in its thread, updated and deleted', async () => {
  const { token, channel } = await world();
  const slack = client(token);
  const posted = await slack.chat.postMessage({ channel, text: 'Approve?', blocks: [section('*Approve?*'), button('approve', 'p-1')] });
  assert.equal(posted.message.blocks.length, 2);
  assert.ok(posted.message.blocks[0].block_id);
  const reply = await slack.chat.postMessage({ channel, thread_ts: posted.ts, text: 'in the thread' });
  await slack.chat.update({ channel, ts: posted.ts, text: 'Approved', blocks: [section('Approved')] });

  const thread = await slack.conversations.replies({ channel, ts: posted.ts });
  assert.deepEqual(thread.messages.map((message) => message.ts), [posted.ts, reply.ts]);
  assert.equal(thread.messages[0].text, 'Approved');
  assert.equal(thread.messages[0].reply_count, 1);
  const { permalink } = await slack.chat.getPermalink({ channel, message_ts: posted.ts });
  assert.match(permalink, /\/archives\/C.*\/p\d+$/);

  await slack.chat.delete({ channel, ts: reply.ts });
  assert.equal((await slack.conversations.replies({ channel, ts: posted.ts })).messages.length, 1);
});

test('metadata comes back when it is asked for', async () => {
  const { token, channel } = await world();
  const slack = client(token);
  const metadata = { event_type: 'ops_plan', event_payload: { id: 'p-1' } };
  await slack.chat.postMessage({ channel, text: 'planned', metadata });
  const history = await slack.conversations.history({ channel, include_all_metadata: true });
  assert.deepEqual(history.messages[0].metadata, metadata);
});

test('an ephemeral message reaches one person', async () => {
  const { token, channel, alice } = await world();
  await client(token).chat.postEphemeral({ channel, user: alice, text: 'for you' });
  const seen = await control('await_ephemeral', { channel, person: alice, text: 'for you' });
  assert.equal(seen.text, 'for you');
});

test('filesUploadV2 uploads, shares, and the file can be fetched with the token', async () => {
  const { token, channel } = await world();
  const slack = client(token);
  const content = 'Filesystem  Use%\n/dev/sda1    40%\n';
  const uploaded = await slack.filesUploadV2({
    channel_id: channel, filename: 'df.txt', content, title: 'Disks', initial_comment: 'As asked',
  });
  const file = uploaded.files[0].files[0];
  assert.equal(file.title, 'Disks');
  assert.equal((await control('file', { name: 'df.txt' })).text, content);
  const info = await slack.files.info({ file: file.id });
  const fetched = await fetch(info.file.url_private, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(await fetched.text(), content);
  const refused = await fetch(info.file.url_private);
  assert.match(refused.headers.get('content-type'), /html/);
  assert.ok(await control('await_message', { channel, text: 'As asked' }));
});

test('people are told with their kind', async () => {
  const { token, workspace, alice } = await world();
  const guest = (await control('person', { workspace, name: 'gina', single_channel_guest: true })).id;
  const slack = client(token);
  const told = (await slack.users.info({ user: alice })).user;
  assert.equal(told.is_restricted, false);
  assert.match(told.profile.email, /@acme/);
  assert.equal((await slack.users.info({ user: guest })).user.is_ultra_restricted, true);
  assert.equal((await slack.team.info()).team.id, workspace);
});

test('direct conversations open, and lists come in pages', async () => {
  const { token, alice } = await world();
  const slack = client(token);
  const opened = await slack.conversations.open({ users: alice });
  assert.match(opened.channel.id, /^D/);
  await slack.chat.postMessage({ channel: opened.channel.id, text: 'one' });
  await slack.chat.postMessage({ channel: opened.channel.id, text: 'two' });
  const texts = [];
  for await (const page of slack.paginate('conversations.history', { channel: opened.channel.id, limit: 1 })) {
    texts.push(...page.messages.map((message) => message.text));
  }
  assert.deepEqual(texts, ['two', 'one']);
});

test('a home view is published, and a stale hash is refused', async () => {
  const { token, alice } = await world();
  const slack = client(token);
  const view = { type: 'home', blocks: [section('Welcome')] };
  const first = await slack.views.publish({ user_id: alice, view });
  await slack.views.publish({ user_id: alice, view, hash: first.view.hash });
  const data = await refusal(slack.views.publish({ user_id: alice, view, hash: first.view.hash }));
  assert.equal(data.error, 'hash_conflict');
});

test('a trigger id that nobody issued opens nothing', async () => {
  const { token } = await world();
  const data = await refusal(client(token).views.open({ trigger_id: '1.2.abc', view: modal('Why') }));
  assert.equal(data.error, 'invalid_trigger_id');
});

test('what breaks a limit is refused with the place', async () => {
  const { token, channel } = await world();
  const slack = client(token);
  const data = await refusal(slack.chat.postMessage({ channel, text: 'x', blocks: [section('x'.repeat(3001))] }));
  assert.equal(data.error, 'invalid_blocks');
  assert.ok(data.response_metadata.messages.includes('[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'));
  const many = await refusal(slack.chat.postMessage({ channel, text: 'x', blocks: Array(51).fill({ type: 'divider' }) }));
  assert.deepEqual(many.errors, ['no more than 50 items allowed [json-pointer:/blocks]']);
  const long = await refusal(slack.chat.postMessage({ channel, text: 'x', blocks: Array(5).fill(section('x'.repeat(2900))) }));
  assert.equal(long.error, 'msg_blocks_too_long');
  assert.equal((await refusal(slack.chat.postMessage({ channel, text: ' ' }))).error, 'no_text');
  assert.equal((await refusal(slack.chat.postMessage({ channel: 'C404', text: 'x' }))).error, 'channel_not_found');
  const cut = await slack.chat.postMessage({ channel, text: 'x'.repeat(40_001) });
  assert.deepEqual(cut.response_metadata.warnings, ['message_truncated']);
});

test('a bad token and a missing scope are refused', async () => {
  assert.equal((await refusal(client('xoxb-nobody').auth.test())).error, 'invalid_auth');
  const poor = await world({ scopes: 'users:read' });
  const data = await refusal(client(poor.token).chat.postMessage({ channel: poor.channel, text: 'x' }));
  assert.equal(data.error, 'missing_scope');
  assert.equal(data.needed, 'chat:write');
  assert.equal(data.provided, 'users:read');
});

test('the client waits for Retry-After and succeeds', async () => {
  const { token, channel } = await world();
  await control('fault', { method: 'chat.postMessage', kind: 'rate_limited', millis: 1000 });
  const slack = client(token);
  const waits = [];
  slack.on('rate_limited', (seconds) => waits.push(seconds));
  const begun = Date.now();
  await slack.chat.postMessage({ channel, text: 'in the end' });
  assert.deepEqual(waits, [1]);
  assert.ok(Date.now() - begun >= 1000);
});

test('a channel takes a short burst and then one message a second', async () => {
  const { token, channel } = await world();
  const slack = client(token, { rejectRateLimitedCalls: true });
  const results = await Promise.allSettled(
    Array.from({ length: 12 }, (_, n) => slack.chat.postMessage({ channel, text: `message ${n}` })),
  );
  const limited = results.filter((result) => result.status === 'rejected');
  assert.ok(limited.length >= 1, 'nothing was limited');
  assert.equal(limited[0].reason.code, ErrorCode.RateLimitedError);
  assert.equal(limited[0].reason.retryAfter, 1);
});

test('a status 500 is tried again', async () => {
  const { token, channel } = await world();
  await control('fault', { method: 'chat.postMessage', kind: 'status', status: 500 });
  const slack = client(token, { retryConfig: { retries: 1, minTimeout: 10, maxTimeout: 20 } });
  assert.equal((await slack.chat.postMessage({ channel, text: 'again' })).ok, true);
  assert.equal((await control('messages', { channel })).length, 1);
});

test('a message that was posted although the connection broke is posted again by a client that cannot know', async () => {
  const { token, channel } = await world();
  await control('fault', { method: 'chat.postMessage', kind: 'done_without_answer' });
  const slack = client(token, { retryConfig: { retries: 1, minTimeout: 10, maxTimeout: 20 } });
  await slack.chat.postMessage({ channel, text: 'twice' });
  assert.equal((await control('messages', { channel })).length, 2);
});

test('OAuth access gives a token for the workspace of the person who allowed it', async () => {
  const { workspace, alice, app } = await world();
  const { code } = await control('oauth_code', { app: app.id, person: alice, redirect_uri: 'http://127.0.0.1/x' });
  const given = { client_id: app.client_id, client_secret: app.client_secret, code };
  const access = await client().oauth.v2.access(given);
  assert.equal(access.team.id, workspace);
  assert.equal((await client(access.access_token).auth.test()).team_id, workspace);
  assert.equal((await refusal(client().oauth.v2.access(given))).error, 'invalid_code');
});

test('a reaction is added once', async () => {
  const { token, channel } = await world();
  const slack = client(token);
  const { ts } = await slack.chat.postMessage({ channel, text: 'done?' });
  await slack.reactions.add({ channel, timestamp: ts, name: 'white_check_mark' });
  const data = await refusal(slack.reactions.add({ channel, timestamp: ts, name: 'white_check_mark' }));
  assert.equal(data.error, 'already_reacted');
});

test('an assistant thread shows status, prompts and title', async () => {
  const { token, workspace, alice, app } = await world();
  const thread = await control('assistant', { workspace, app: app.id, person: alice });
  const slack = client(token);
  const at = { channel_id: thread.channel, thread_ts: thread.thread_ts };
  await slack.assistant.threads.setStatus({ ...at, status: 'is thinking' });
  await slack.assistant.threads.setSuggestedPrompts({ ...at, prompts: [{ title: 'Disk', message: 'check disk' }] });
  await slack.assistant.threads.setTitle({ ...at, title: 'Disks' });
  const shown = await control('assistant_thread', { channel: thread.channel, thread_ts: thread.thread_ts });
  assert.deepEqual(shown, { statuses: ['is thinking'], prompts: ['check disk'], title: 'Disks' });
});

test('a manifest is checked', async () => {
  const { token } = await world();
  const manifest = {
    display_information: { name: 'Ops' },
    oauth_config: { scopes: { bot: ['commands'] } },
    settings: { socket_mode_enabled: true, event_subscriptions: { bot_events: ['app_mention'] } },
  };
  const data = await refusal(client(token).apps.manifest.validate({ manifest: JSON.stringify(manifest) }));
  assert.equal(data.error, 'invalid_manifest');
  assert.match(data.errors[0].message, /app_mentions:read/);
});
