// openai, the official client, against the counterpart that speaks its protocol.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';

const baseURL = process.env.OPENAI_COUNTERPART;
const openai = new OpenAI({ baseURL, apiKey: 's3cret', maxRetries: 0 });
const model = 'scripted';
const user = (content) => [{ role: 'user', content }];
const strict = (schema) => ({ type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } });

async function refusal(call) {
  return call.then((answer) => assert.fail(`was not refused: ${JSON.stringify(answer)}`), (error) => error);
}

test('it lists its models and has each by its name', async () => {
  const names = [];
  for await (const entry of openai.models.list()) names.push(entry.id);
  assert.deepEqual(names, ['scripted']);
  assert.equal((await openai.models.retrieve(model)).object, 'model');
});

test('a whole answer has its reason and its counts', async () => {
  const answer = await openai.chat.completions.create({ model, messages: user('say: hello there') });
  assert.equal(answer.choices[0].message.content, 'hello there');
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
});

test('a stream comes in pieces, with the counts at its end when they are asked for', async () => {
  const stream = await openai.chat.completions.create({
    model, messages: user('say: a rather long answer'), stream: true, stream_options: { include_usage: true },
  });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  assert.equal(chunks.flatMap((chunk) => chunk.choices).map((choice) => choice.delta.content ?? '').join(''), 'a rather long answer');
  assert.equal(chunks.at(-2).choices[0].finish_reason, 'stop');
  assert.ok(chunks.at(-1).usage.total_tokens > 0);
});

test('a strict schema is kept, and one that is not strict enough is refused', async () => {
  const schema = { type: 'object', additionalProperties: false, required: ['tool'], properties: { tool: { type: ['string', 'null'] } } };
  const answer = await openai.chat.completions.create({ model, messages: user('schema'), response_format: strict(schema) });
  assert.deepEqual(JSON.parse(answer.choices[0].message.content), schema);
  const loose = await refusal(openai.chat.completions.create({
    model, messages: user('schema'), response_format: strict({ type: 'object', properties: { tool: { type: 'string' } } }),
  }));
  assert.equal(loose.status, 400);
  assert.match(loose.message, /additionalProperties/);
});

test('a tool call comes back as one', async () => {
  const answer = await openai.chat.completions.create({ model, messages: user('call a tool') });
  assert.equal(answer.choices[0].finish_reason, 'tool_calls');
  assert.equal(answer.choices[0].message.tool_calls[0].function.name, 'shell');
});

test('a wrong key is a 401 and a missing model a 404', async () => {
  const stranger = new OpenAI({ baseURL, apiKey: 'wrong', maxRetries: 0 });
  assert.equal((await refusal(stranger.models.list())).status, 401);
  const missing = await refusal(openai.chat.completions.create({ model: 'other', messages: user('hi') }));
  assert.equal(missing.status, 404);
  assert.equal(missing.code, 'model_not_found');
});

test('a limit says when to come back, and the client comes back', async () => {
  const busy = await refusal(openai.chat.completions.create({ model, messages: user('busy') }));
  assert.equal(busy.status, 429);
  assert.equal(busy.headers.get('retry-after'), '1');
  const patient = new OpenAI({ baseURL, apiKey: 's3cret', maxRetries: 1 });
  const answer = await patient.chat.completions.create({ model, messages: user('busy once') });
  assert.equal(answer.choices[0].message.content, 'now');
});

test('a failure is a server error', async () => {
  const failed = await refusal(openai.chat.completions.create({ model, messages: user('fail') }));
  assert.equal(failed.status, 503);
});

test('a stream that breaks off is an error', async () => {
  const stream = await openai.chat.completions.create({ model, messages: user('break off'), stream: true });
  await assert.rejects(async () => {
    for await (const chunk of stream) assert.ok(chunk);
  });
});
