// The page: who acts, which conversation is open, what is typed. The rest is in the modules imported here.

import * as api from './api.js';
import { button, el, fill } from './dom.js';
import { Sidebar } from './sidebar.js';
import { follow } from './stream.js';
import { Thread } from './thread.js';

const $ = (id) => document.getElementById(id);
const [picker, banner, scroll, welcome, jump, composer, input, announcer] =
  ['user', 'banner', 'thread-scroll', 'welcome', 'jump', 'composer', 'message', 'announcer'].map($);
const openedAt = Date.now();

let user = '';
let current = { id: null }; // The open conversation; it has no id before its first message is accepted.
let following = { stop: () => {}, hurry: () => {} };
let sending = Promise.resolve();

const thread = new Thread($('thread'), {
  user: () => user,
  conversation: () => current.id,
  known: (name) => [...picker.options].some((option) => option.value === name),
  actAs,
  say,
}, announce);
const sidebar = new Sidebar(() => open(null));

// --- who acts

picker.addEventListener('change', () => actAs(picker.value));

function actAs(name) {
  user = picker.value = name;
  localStorage.setItem('user', name);
  thread.userChanged();
  listConversations();
}

// --- the open conversation

for (const navigation of ['hashchange', 'popstate']) {
  window.addEventListener(navigation, () => {
    if (fromHash() !== current.id) open(fromHash());
  });
}

function fromHash() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null; // A mangled link opens a new conversation.
  }
}

function open(id) {
  following.stop();
  current = { id };
  if (fromHash() !== id) history.pushState(null, '', id ? `#${encodeURIComponent(id)}` : location.pathname);
  thread.clear();
  connected(true);
  welcome.hidden = id !== null;
  if (id) followConversation();
  else input.focus();
  listConversations();
}

function followConversation() {
  let missing = null; // What says that the conversation does not exist, until it does.
  following.stop();
  following = follow(current.id, {
    onConnection: connected,
    onUnknown: (problem) => {
      missing = thread.refused(problem, () => open(null));
    },
    onRefused: (problem) => thread.refused(problem, () => open(null)),
    onEvent: (event) => {
      missing?.remove();
      missing = null;
      keepBottom(() => thread.show(event));
      if (event.type !== 'progress') listConversationsSoon();
      if (document.hidden && isNew(event.at)) document.title = '● OpsConductor';
    },
  });
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) document.title = 'OpsConductor';
});

function connected(yes) {
  banner.hidden = yes;
  fill(banner, !yes && 'The connection to OpsConductor is lost. Trying again; nothing is missed.');
}

// --- typing and sending

composer.addEventListener('submit', (e) => {
  e.preventDefault();
  const text = input.value.trim();
  if (!text) return;
  input.value = '';
  grow();
  say(text);
});
input.addEventListener('keydown', (e) => {
  if (e.key !== 'Enter' || e.shiftKey || e.isComposing) return;
  e.preventDefault();
  composer.requestSubmit();
});
input.addEventListener('input', grow);
// After a decision the focus is on its card: what is typed there is the next message, not lost.
document.addEventListener('keydown', (e) => {
  const types = e.key.length === 1 && e.key !== ' ' && !e.ctrlKey && !e.metaKey && !e.altKey;
  if (types && !e.target.closest('input, textarea, select')) input.focus();
});

function grow() {
  input.style.height = 'auto';
  input.style.height = `${input.scrollHeight}px`;
}

/** Sends a message, after those before it, so that the first one of a new conversation has made it. */
function say(text) {
  const from = user;
  welcome.hidden = true;
  const shown = thread.sending(from, text);
  toBottom();
  input.focus({ preventScroll: true });
  const target = current;
  sending = sending.then(async () => {
    try {
      const answer = await api.send(target.id, from, text);
      shown.accepted(answer.message);
      if (target.id !== null) {
        if (target === current) following.hurry();
        return;
      }
      target.id = answer.conversation;
      if (target !== current) return;
      history.pushState(null, '', `#${encodeURIComponent(target.id)}`);
      followConversation();
    } catch (problem) {
      shown.failed(problem);
      if (!input.value) input.value = text;
      grow();
      toBottom();
    }
    listConversations();
  });
}

// --- scrolling: stay at the newest unless somebody reads further up

let atNewest = true;

scroll.addEventListener('scroll', () => {
  atNewest = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  if (atNewest) jump.hidden = true;
});
jump.addEventListener('click', toBottom);

let scrolling = false;

function keepBottom(change) {
  change();
  if (!atNewest) jump.hidden = false;
  else if (!scrolling) {
    scrolling = true;
    requestAnimationFrame(() => {
      scrolling = false;
      if (atNewest) toBottom();
    });
  }
}

function toBottom() {
  atNewest = true;
  jump.hidden = true;
  scroll.scrollTop = scroll.scrollHeight;
}

// --- the list of conversations

let listing = 0;

function listConversationsSoon() {
  clearTimeout(listing);
  listing = setTimeout(listConversations, 300);
}

async function listConversations() {
  const of = user;
  if (!of) return;
  try {
    const [list, concerns] = await Promise.all([api.conversations(of), api.overview(of)]);
    if (of !== user) return;
    sidebar.show(list, current.id);
    sidebar.showWaiting((concerns.others_waiting?.entries ?? [])
      .filter(({ approval_rule: rule }) => rule?.approvers?.includes(of)));
  } catch {
    // The list is a convenience and is asked for again soon; the banner tells about a lost connection.
  }
}

setInterval(() => !document.hidden && listConversations(), 15_000);

// --- screen readers hear what is new, not the history

function isNew(at) {
  return Date.parse(at) >= openedAt;
}

function announce(text, at) {
  if (!isNew(at)) return;
  const line = el('p', {}, text);
  announcer.append(line);
  setTimeout(() => line.remove(), 10_000);
}

// --- start

async function start() {
  try {
    const [users, suggestions] = await Promise.all([api.users(), api.suggestions()]);
    fill(picker, users.map(({ name, about }) => el('option', { value: name }, about ? `${name} · ${about}` : name)));
    fill($('suggestions'), suggestions.map((text) => el('li', {}, button(text, () => say(text), { class: 'suggestion' }))));
    const remembered = localStorage.getItem('user');
    actAs(users.some(({ name }) => name === remembered) ? remembered : users[0]?.name ?? '');
  } catch (problem) {
    banner.hidden = false;
    fill(banner, `${problem.message} ${problem.hint} `, button('Try again', () => location.reload(), { class: 'quiet' }));
    return;
  }
  open(fromHash());
}

start();
