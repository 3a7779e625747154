// Following one conversation's events, for as long as it is open, over lost connections.

import { eventsUrl, problemOf } from './api.js';

const SILENCE_MS = 45_000; // The server sends a comment at least every 15 seconds; longer silence is a dead connection.
const RETRY_MS = [500, 1000, 2000, 5000];

/**
 * Calls onEvent for each event once, in order; onConnection(true or false) when the connection is made or lost;
 * onRefused(problem) when the conversation does not exist, which ends it. Returns a function that ends it.
 */
export function follow(conversation, { onEvent, onConnection, onRefused }) {
  const stopped = new AbortController();
  let last = 0;

  async function readOnce() {
    const connection = new AbortController();
    const stop = () => connection.abort();
    stopped.signal.addEventListener('abort', stop);
    let watchdog = setTimeout(stop, SILENCE_MS);
    try {
      const response = await fetch(eventsUrl(conversation, last), {
        headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal: connection.signal,
      });
      if (!response.ok) throw problemOf(response, await response.text());
      onConnection(true);
      for await (const data of serverSentEvents(response.body, () => {
        clearTimeout(watchdog);
        watchdog = setTimeout(stop, SILENCE_MS);
      })) {
        const event = JSON.parse(data);
        if (event.seq <= last) continue;
        last = event.seq;
        onEvent(event);
      }
    } finally {
      clearTimeout(watchdog);
      stopped.signal.removeEventListener('abort', stop);
    }
  }

  async function run() {
    for (let failures = 0; !stopped.signal.aborted;) {
      const before = last;
      try {
        await readOnce();
        failures = 0; // The server ended the stream in good order: open the next one.
      } catch (error) {
        if (stopped.signal.aborted) return;
        if (error.status >= 400 && error.status < 500 && error.status !== 429) return onRefused(error);
        failures = last > before ? 1 : failures + 1;
        onConnection(false);
      }
      await delay(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)], stopped.signal);
    }
  }

  run();
  return () => stopped.abort();
}

/** The data of each server-sent event; onBytes is called whenever anything arrives, comments included. */
async function* serverSentEvents(body, onBytes) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let unfinished = []; // Pieces of a line; a result with much output is one line of megabytes.
  let data = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    onBytes();
    unfinished.push(value);
    if (!value.includes('\n')) continue;
    const lines = unfinished.join('').split(/\r?\n/);
    unfinished = [lines.pop()];
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
      else if (line === '' && data.length) {
        yield data.join('\n');
        data = [];
      }
    }
  }
}

/** Waits; ends early when the network comes back or the waiting is given up. */
function delay(ms, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
