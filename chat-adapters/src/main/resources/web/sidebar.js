// The list of the user's conversations: a column on a wide page, a drawer on a narrow one.

import { el, fill } from './dom.js';
import { timeOfDay } from './text.js';

export class Sidebar {
  #list = document.getElementById('conversation-list');
  #waiting = document.getElementById('waiting');
  #waitingShown = '';
  #panel = document.getElementById('conversations');
  #menu = document.getElementById('menu');
  #dot = document.getElementById('menu-dot');
  #shown = '';

  constructor(onNew) {
    this.#menu.addEventListener('click', () => this.#open(!this.isOpen));
    document.getElementById('new-conversation').addEventListener('click', () => {
      this.#open(false);
      onNew();
    });
    this.#list.addEventListener('click', () => this.#open(false));
    this.#waiting.addEventListener('click', () => this.#open(false));
    document.addEventListener('keydown', (e) => {
      if (e.key !== 'Escape' || !this.isOpen) return;
      this.#open(false);
      this.#menu.focus();
    });
    document.addEventListener('pointerdown', (e) => {
      if (this.isOpen && !this.#panel.contains(e.target) && !this.#menu.contains(e.target)) this.#open(false);
    });
  }

  get isOpen() {
    return this.#menu.getAttribute('aria-expanded') === 'true';
  }

  #open(open) {
    this.#menu.setAttribute('aria-expanded', String(open));
    this.#panel.classList.toggle('open', open);
  }

  /** The plans that wait for a decision of whoever acts, the next to expire first; total may be more than are listed. */
  showWaiting(plans) {
    const state = JSON.stringify(plans);
    if (state === this.#waitingShown) return;
    this.#waitingShown = state;
    this.#waiting.hidden = plans.length === 0;
    fill(this.#waiting,
      el('h2', {}, `Waiting for you (${plans.length})`),
      el('ul', {}, plans.map(({ conversation, summary, effect, requester_name: name, expires_at: at }) => el('li', {},
        el('a', { href: `#${encodeURIComponent(conversation)}`, testid: 'waits-for-me' },
          el('span', { class: 'conversation-title' }, el('span', { class: `effect small ${effect}` }, effect), ' ', summary.replaceAll('`', '')),
          el('span', { class: 'conversation-meta' }, `asked by ${name}, expires ${timeOfDay(at)}`))))));
  }

  show(conversations, current) {
    const state = JSON.stringify([conversations, current]);
    if (state === this.#shown) return; // Painting anew would take the focus from the list.
    this.#shown = state;
    this.#dot.hidden = !conversations.some(({ waiting, conversation }) => waiting && conversation !== current);
    fill(this.#list, conversations.map(({ conversation, title, at, waiting }) => el('li', {},
      el('a', { href: `#${encodeURIComponent(conversation)}`, 'aria-current': conversation === current && 'page' },
        el('span', { class: 'conversation-title' }, title || 'Untitled'),
        el('span', { class: 'conversation-meta' }, timeOfDay(at),
          waiting && el('span', { class: 'waiting' }, 'waiting for approval'))))),
      conversations.length === 0 && el('li', { class: 'none' }, 'No conversations yet.'));
  }
}
