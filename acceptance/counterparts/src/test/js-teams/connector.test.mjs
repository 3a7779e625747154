// botframework-connector, Microsoft's own library, against the counterpart that plays the Bot Connector: it checks the
// counterpart's tokens and calls its conversations.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AuthenticationConstants,
  ChannelValidation,
  ConnectorClient,
  SimpleCredentialProvider,
} from 'botframework-connector';

const { TEAMS_COUNTERPART: url, TEAMS_APPLICATION: application, TEAMS_SECRET: secret } = process.env;
const { TEAMS_GOOD: good, TEAMS_FOREIGN: foreign, TEAMS_UNPUBLISHED: unpublished, TEAMS_OLD: old } = process.env;
const { TEAMS_WEBCHAT: webchat, TEAMS_TALK: talk, TEAMS_CHANNEL: channel, TEAMS_PERSON: person } = process.env;
const serviceUrl = `${url}/teams/`;
const providers = new SimpleCredentialProvider(application, secret);

ChannelValidation.OpenIdMetadataEndpoint = `${url}/v1/.well-known/openidconfiguration`;
const verified = (token, channelId = 'msteams', at = serviceUrl) =>
  ChannelValidation.authenticateChannelTokenWithServiceUrl(`Bearer ${token}`, providers, at, channelId);

/** Its own credentials ask Microsoft's login through MSAL, which speaks https alone: the form is sent by hand. */
async function token(fields = {}) {
  const answer = await fetch(`${url}/login/botframework.com/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: application,
      client_secret: secret,
      scope: `${AuthenticationConstants.ToChannelFromBotOAuthScope}/.default`,
      ...fields,
    }),
  });
  return { status: answer.status, body: await answer.json() };
}

async function client() {
  const { body } = await token();
  const credentials = {
    signRequest: async (request) => {
      request.headers.set('Authorization', `Bearer ${body.access_token}`);
      return request;
    },
  };
  return new ConnectorClient(credentials, { baseUri: serviceUrl, noRetryPolicy: true });
}

const refused = (status, code) => (error) => {
  assert.equal(error.statusCode, status, String(error));
  assert.equal(error.body?.error?.code ?? error.details?.error?.code ?? error.code, code, JSON.stringify(error.body));
  return true;
};

test('its tokens are taken by the library that checks them for every bot', async () => {
  const identity = await verified(good);
  assert.equal(identity.getClaimValue('aud'), application);
  assert.equal(identity.getClaimValue('serviceurl'), serviceUrl);
});

test('the library refuses what the connector never signs', async () => {
  await assert.rejects(verified(foreign), /Invalid AppId/);
  await assert.rejects(verified(unpublished), /Signing Key/);
  await assert.rejects(verified(old), /expired|Unauthorized/i);
  await assert.rejects(verified(webchat), /endorsements/i);
  await assert.rejects(verified(good, 'msteams', 'https://elsewhere.example/'), /ServiceUrl/);
});

test('its login gives a token for the right secret, client and scope alone', async () => {
  const { status, body } = await token();
  assert.equal(status, 200);
  assert.equal(body.token_type, 'Bearer');
  assert.ok(body.expires_in > 0);
  assert.equal((await token({ client_secret: 'wrong' })).status, 401);
  assert.equal((await token({ client_id: 'another' })).status, 400);
  assert.equal((await token({ scope: 'https://graph.microsoft.com/.default' })).status, 400);
  const graph = await token({ client_secret: 'wrong' });
  assert.deepEqual(graph.body.error_codes, [7000215]);
});

test('a message is sent, answered, changed and taken away', async () => {
  const connector = await client();
  const sent = await connector.conversations.sendToConversation(talk, { type: 'message', text: 'hello' });
  assert.ok(sent.id);
  const card = {
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'a plan' }] },
  };
  const changed = await connector.conversations.updateActivity(talk, sent.id, { type: 'message', attachments: [card] });
  assert.equal(changed.id, sent.id);
  await connector.conversations.deleteActivity(talk, sent.id);
  await assert.rejects(
    connector.conversations.updateActivity(talk, sent.id, { type: 'message', text: 'too late' }),
    refused(404, 'ActivityNotFoundInConversation'),
  );
});

test('a channel has threads, and who is in it', async () => {
  const connector = await client();
  const first = await connector.conversations.sendToConversation(channel, { type: 'message', text: 'a thread' });
  const reply = await connector.conversations.replyToActivity(channel, first.id, { type: 'message', text: 'in it' });
  assert.ok(reply.id);
  const inThread = await connector.conversations.sendToConversation(`${channel};messageid=${first.id}`, {
    type: 'message',
    text: 'in it too',
  });
  assert.ok(inThread.id);
  const members = await connector.conversations.getConversationMembers(channel);
  assert.ok(members.some((member) => member.id === person));
  const one = await connector.conversations.getConversationMember(channel, person);
  assert.equal(one.id, person);
  const page = await connector.conversations.getConversationPagedMembers(channel);
  assert.equal(page.members.length, members.length);
});

test('a conversation is begun with a person, and in a channel', async () => {
  const connector = await client();
  const own = await connector.conversations.createConversation({
    bot: { id: `28:${application}` },
    members: [{ id: person }],
    tenantId: 'tenant-1',
    isGroup: false,
  });
  assert.equal(own.id, talk);
  const thread = await connector.conversations.createConversation({
    isGroup: true,
    channelData: { channel: { id: channel }, tenant: { id: 'tenant-1' } },
    activity: { type: 'message', text: 'news' },
  });
  assert.ok(thread.activityId);
  assert.ok(thread.id.startsWith(`${channel};messageid=`));
});

test('what is too large, malformed or in no conversation is refused', async () => {
  const connector = await client();
  await assert.rejects(
    connector.conversations.sendToConversation(talk, { type: 'message', text: 'x'.repeat(60_000) }),
    refused(413, 'MessageSizeTooBig'),
  );
  await assert.rejects(
    connector.conversations.sendToConversation('a:nowhere', { type: 'message', text: 'hello' }),
    refused(404, 'ConversationNotFound'),
  );
  const card = (content) => ({
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  });
  for (const content of [
    { type: 'AdaptiveCard', version: '1.6', body: [] },
    { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Carousel' }] },
    { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock' }] },
    {
      type: 'AdaptiveCard',
      version: '1.5',
      refresh: { action: { type: 'Action.Execute' }, userIds: Array.from({ length: 61 }, (_, i) => `29:${i}`) },
      body: [],
    },
  ]) {
    await assert.rejects(connector.conversations.sendToConversation(talk, card(content)), refused(400, 'BadArgument'));
  }
});

test('a foreign token is not authorized', async () => {
  const foreigner = new ConnectorClient(
    { signRequest: async (request) => (request.headers.set('Authorization', 'Bearer stolen'), request) },
    { baseUri: serviceUrl, noRetryPolicy: true },
  );
  await assert.rejects(
    foreigner.conversations.sendToConversation(talk, { type: 'message', text: 'hello' }),
    refused(401, 'Unauthorized'),
  );
});

test('whoever writes too fast is told how long to wait', async () => {
  const { body } = await token();
  const post = () =>
    fetch(`${serviceUrl}v3/conversations/${encodeURIComponent(talk)}/activities`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${body.access_token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'message', text: 'again' }),
    });
  const answers = [];
  for (let i = 0; i < 10; i++) answers.push(await post());
  const limited = answers.find((answer) => answer.status === 429);
  assert.ok(limited, 'ten messages at once were all taken');
  assert.ok(Number(limited.headers.get('retry-after')) >= 1);
});
