// ollama, the official client, against the counterpart that plays its server.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ollama } from 'ollama';

const ollama = new Ollama({ host: process.env.OLLAMA_COUNTERPART });
const model = 'scripted';
const user = (content) => [{ role: 'user', content }];

test('it lists its models, shows one and says its version', async () => {
  const { models } = await ollama.list();
  assert.deepEqual(models.map((entry) => entry.name), ['scripted:latest']);
  assert.equal(models[0].details.parameter_size, '4B');
  const shown = await ollama.show({ model });
  assert.ok(shown.capabilities.includes('completion'));
  assert.match((await ollama.version()).version, /^\d+\.\d+\.\d+$/);
});

test('a whole answer has its end, its reason and its counts', async () => {
  const answer = await ollama.chat({ model, messages: user('say: hello there') });
  assert.equal(answer.message.role, 'assistant');
  assert.equal(answer.message.content, 'hello there');
  assert.equal(answer.done, true);
  assert.equal(answer.done_reason, 'stop');
  assert.ok(answer.eval_count > 0 && answer.prompt_eval_count > 0);
});

test('a stream comes in pieces and ends with done', async () => {
  const parts = [];
  for await (const part of await ollama.chat({ model, messages: user('say: a rather long answer'), stream: true })) parts.push(part);
  assert.ok(parts.length > 2);
  assert.equal(parts.map((part) => part.message.content).join(''), 'a rather long answer');
  assert.ok(parts.slice(0, -1).every((part) => part.done === false));
  assert.equal(parts.at(-1).done, true);
});

test('a schema is taken as the format, and anything else is not', async () => {
  const format = { type: 'object', properties: { tool: { type: 'string' } }, required: ['tool'] };
  const answer = await ollama.chat({ model, messages: user('schema'), format });
  assert.deepEqual(JSON.parse(answer.message.content), format);
  await assert.rejects(ollama.chat({ model, messages: user('schema'), format: 'yaml' }), /invalid format/);
});

test('a tool call comes back as one', async () => {
  const answer = await ollama.chat({ model, messages: user('call a tool') });
  assert.deepEqual(answer.message.tool_calls, [{ function: { name: 'shell', arguments: { command: 'ls' } } }]);
});

test('a model that it does not have is a 404 with its name', async () => {
  await assert.rejects(ollama.chat({ model: 'other', messages: user('hi') }), (error) => {
    assert.equal(error.status_code, 404);
    assert.match(error.message, /model 'other' not found/);
    return true;
  });
  await assert.rejects(ollama.show({ model: 'other' }), /not found/);
});

test('a failure carries its words', async () => {
  await assert.rejects(ollama.chat({ model, messages: user('fail') }), (error) => {
    assert.equal(error.status_code, 503);
    assert.match(error.message, /server busy/);
    return true;
  });
});

test('a stream that is cut off says that it did not end', async () => {
  await assert.rejects(async () => {
    for await (const part of await ollama.chat({ model, messages: user('forget the end'), stream: true })) assert.ok(part);
  }, /Did not receive done or success response in stream|terminated|aborted/);
  await assert.rejects(async () => {
    for await (const part of await ollama.chat({ model, messages: user('break off'), stream: true })) assert.ok(part);
  });
});

test('a slow answer can be given up', async () => {
  const own = new Ollama({ host: process.env.OLLAMA_COUNTERPART });
  const stream = await own.chat({ model, messages: user('drip'), stream: true });
  await assert.rejects(async () => {
    for await (const part of stream) {
      assert.ok(part);
      stream.abort();
    }
  }, { name: 'AbortError' });
});
