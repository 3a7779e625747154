// Following one conversation's events, for as long as it is open, over lost connections.

import { eventsUrl, problemOf } from './api.js';

const SILENCE_MS = 45_000; // The server sends a comment at least every 15 seconds; longer silence is a dead connection.
const RETRY_MS = [500, 1000, 2000, 5000];
const UNKNOWN_MS = 2000; // A conversation that does not exist yet begins with somebody's first message in it.

/**
 * Calls onEvent for each event once, in order; onConnection(true or false) when the connection is made or lost;
 * onUnknown(problem) once when the conversation does not exist, which is looked for again; onRefused(problem) when it cannot be
 * followed, which ends it. Returns { stop, hurry }: the end of it, and the next attempt at once.
 */
export function follow(conversation, { onEvent, onConnection, onUnknown, onRefused }) {
  const stopped = new AbortController();
  let last = 0;
  let unknown = false;
  let hurry = () => {};

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
      let pause = null;
      try {
        await readOnce();
        failures = 0; // The server ended the stream in good order: open the next one.
      } catch (error) {
        if (stopped.signal.aborted) return;
        if (error.code === 'unknown_conversation') {
          if (!unknown) onUnknown(error);
          unknown = true;
          failures = 0;
          pause = UNKNOWN_MS;
          onConnection(true);
        } else if (error.status >= 400 && error.status < 500 && error.status !== 429) {
          return onRefused(error);
        } else {
          failures = last > before ? 1 : failures + 1;
          onConnection(false);
        }
      }
      await delay(pause ?? RETRY_MS[Math.min(failures, RETRY_MS.length - 1)], stopped.signal, (end) => { hurry = end; });
    }
  }

  run();
  return { stop: () => stopped.abort(), hurry: () => hurry() };
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

/** Waits; ends early when the network comes back, the waiting is given up, or the function given to endsBy is called. */
function delay(ms, signal, endsBy) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    endsBy(end);
    window.addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
