// @anthropic-ai/sdk, the official client, against the counterpart that plays its server.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';

const baseURL = process.env.ANTHROPIC_COUNTERPART.replace(/\/v1$/, '');
const anthropic = new Anthropic({ baseURL, apiKey: 's3cret', maxRetries: 0 });
const model = 'scripted';
const ask = (content) => anthropic.messages.create({ model, max_tokens: 100, messages: [{ role: 'user', content }] });

test('a whole answer has its reason and its counts', async () => {
  const answer = await ask('say: hello there');
  assert.deepEqual(answer.content, [{ type: 'text', text: 'hello there' }]);
  assert.equal(answer.stop_reason, 'end_turn');
  assert.ok(answer.usage.input_tokens > 0 && answer.usage.output_tokens > 0);
});

test('it lists its models', async () => {
  const names = [];
  for await (const entry of anthropic.models.list()) names.push(entry.id);
  assert.deepEqual(names, ['scripted']);
});

test('a wrong key, a missing model and a failure have their own errors', async () => {
  const stranger = new Anthropic({ baseURL, apiKey: 'wrong', maxRetries: 0 });
  await assert.rejects(stranger.models.list(), Anthropic.AuthenticationError);
  await assert.rejects(
    anthropic.messages.create({ model: 'other', max_tokens: 10, messages: [{ role: 'user', content: 'hi' }] }),
    Anthropic.NotFoundError);
  await assert.rejects(ask('busy'), Anthropic.RateLimitError);
  await assert.rejects(ask('fail'), Anthropic.InternalServerError);
});
