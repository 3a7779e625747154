// The conversation as it reads: each event becomes an entry, or changes one that is already there.

import * as api from './api.js';
import { choiceRow, closeChoices, problemBox } from './choices.js';
import { button, el } from './dom.js';
import { Execution } from './execution.js';
import { formatted } from './format.js';
import { PlanCard } from './plan-card.js';
import { count, timeOfDay } from './text.js';

const BOT = 'opsconductor';
const HUES = 6;

export class Thread {
  #plans = new Map(); // approval → PlanCard
  #planEvents = new Map(); // approval → plan event
  #executions = new Map(); // execution → Execution
  #unsent = []; // own messages that the server has not shown yet: { element, text, message }
  #openChoices = [];
  #lastFrom = null;
  #awaited = null; // approval of a card that is to get the focus

  /**
   * element is filled; session: user(), conversation(), known(name), actAs(name), say(text) sends a message;
   * announce(text) speaks to screen readers.
   */
  constructor(element, session, announce) {
    this.element = element;
    this.session = session;
    this.announce = announce;
    this.clock = setInterval(() => {
      for (const card of this.#plans.values()) if (card.pending) card.tick(Date.now());
    }, 1000);
  }

  /** Empties it for another conversation. */
  clear() {
    this.element.replaceChildren();
    for (const map of [this.#plans, this.#planEvents, this.#executions]) map.clear();
    this.#unsent = [];
    this.#openChoices = [];
    this.#lastFrom = null;
    this.#awaited = null;
  }

  /** Shows one event of the conversation. An unknown type is one of a newer server, and is left out. */
  show(event) {
    switch (event.type) {
      case 'message': return this.#message(event);
      case 'question': return this.#question(event);
      case 'error': return this.#error(event);
      case 'plan': return this.#plan(event);
      case 'decision': return this.#plans.get(event.approval)?.decision(event);
      case 'progress': return this.#progress(event);
      case 'result': return this.#result(event);
    }
  }

  userChanged() {
    for (const card of this.#plans.values()) card.userChanged();
  }

  #message({ from, text, choices, at, message }) {
    if (from !== BOT) {
      for (const row of this.#openChoices.splice(0)) closeChoices(row, text);
      const unsent = this.#unsent.find((own) => own.message ? own.message === message : own.text === text);
      if (unsent) {
        this.#unsent.splice(this.#unsent.indexOf(unsent), 1);
        unsent.element.classList.remove('unsent');
        return;
      }
    } else {
      this.announce(`OpsConductor: ${text}`, at);
    }
    this.#entry(from, at, from === BOT ? formatted(text) : el('p', {}, text), this.#choices(choices));
  }

  #question({ text, choices, at }) {
    this.announce(`Question: ${text}`, at);
    this.#entry(BOT, at, el('div', { testid: 'question' }, formatted(text)), this.#choices(choices));
  }

  #error(event) {
    this.announce(`Problem: ${event.message} ${event.hint ?? ''}`, event.at);
    const box = problemBox(event, (reply) => this.session.say(reply));
    const row = box.querySelector('.choices');
    if (row) this.#openChoices.push(row);
    this.#entry(BOT, event.at, box);
  }

  #choices(choices) {
    const row = choiceRow(choices, (reply) => this.session.say(reply));
    if (row) this.#openChoices.push(row);
    return row;
  }

  #plan(plan) {
    const card = new PlanCard(plan, {
      user: () => this.session.user(),
      known: (name) => this.session.known(name),
      actAs: (name) => this.session.actAs(name),
      decide: (p, decision, said) => this.#attempt(
        () => api.decide(p.approval, this.session.user(), decision, p.digest, said),
        (problem) => problem.code === 'changed_since_preview' && this.#freshButton(p)),
      say: (text) => this.session.say(text),
      withdraw: (p) => this.#attempt(() => api.withdraw(p.approval, this.session.user())),
      dryRun: (p) => this.#attempt(async () =>
        this.#goTo((await api.dryRun(p.approval, this.session.user())).approval)),
      form: (p) => api.form(p.approval).then((form) => ({ form }), (problem) => ({ problem: alertOf(problem) })),
      edit: (p, values) => api.edit(p.approval, this.session.user(), p.digest, values)
        .then((answer) => this.#goTo(answer.approval), (problem) => problem),
      problem: alertOf,
    });
    this.#plans.set(plan.approval, card);
    this.#planEvents.set(plan.approval, plan);
    this.announce(`Plan: ${plan.summary}. Effect: ${plan.effect}, on ${count(plan.blast_radius?.targets ?? 0, 'target')}. ` +
      (card.pending ? 'Waiting for approval.' : 'No approval needed.'), plan.at);
    this.#entry(BOT, plan.at, card.element);
    if (plan.approval === this.#awaited) this.#goTo(plan.approval);
  }

  /** Brings the focus to the card that somebody's own act led to, now or when it comes. */
  #goTo(approval) {
    const card = this.#plans.get(approval);
    this.#awaited = card ? null : approval;
    card?.element.focus();
    return null;
  }

  #execution({ execution, approval, at }) {
    if (!this.#executions.has(execution)) {
      const made = new Execution(execution, this.#planEvents.get(approval), {
        cancel: () => this.#attempt(() => api.cancel(execution, this.session.user())),
        rerun: (targets) => this.#attempt(async () =>
          this.#goTo((await api.rerun(execution, this.session.user(), targets)).approval)),
        say: (text) => this.session.say(text),
        picture: (reading, look) => api.pictureUrl(this.session.conversation(), execution, reading, look),
      });
      this.#executions.set(execution, made);
      this.#entry(BOT, at, made.element);
    }
    return this.#executions.get(execution);
  }

  #progress(event) {
    this.#execution(event).progress(event);
    this.#plans.get(event.approval)?.execution('running');
  }

  #result(event) {
    this.#plans.get(event.approval)?.execution(event.status);
    const said = (event.readings ?? []).map(({ sentence }) => sentence);
    this.announce([`${event.status}: ${event.summary}`, ...said].join(' '), event.at);
    if (event.execution) this.#execution(event).result(event);
    else this.#entry(BOT, event.at, formatted(event.summary ?? event.status));
  }

  /** For a plan that is not what was shown any more: one press shows it as it would run now, in place of the old card. */
  #freshButton(plan) {
    const made = button('Show it as it is now', async () => {
      made.setAttribute('aria-disabled', 'true');
      const problem = await this.#attempt(async () =>
        this.#goTo((await api.fresh(plan.approval, this.session.user())).approval));
      if (problem) made.replaceWith(problem);
    }, { class: 'primary', testid: 'fresh' });
    return made;
  }

  /** A call that may be refused: null, or the problem as an element, with what more(problem) gives for it. */
  async #attempt(call, more = () => null) {
    try {
      await call();
      return null;
    } catch (problem) {
      const box = alertOf(problem);
      const offer = more(problem);
      if (offer) box.append(offer);
      return box;
    }
  }

  /** An own message, shown at once; accepted(id) when the server has it, failed(problem) when it did not take it. */
  sending(user, text) {
    const own = { text, element: this.#entry(user, new Date().toISOString(), el('p', {}, text)) };
    own.element.classList.add('unsent');
    this.#unsent.push(own);
    return {
      accepted: (message) => { own.message = message; },
      failed: (problem) => {
        this.#unsent.splice(this.#unsent.indexOf(own), 1);
        own.element.classList.replace('unsent', 'failed');
        own.element.querySelector('.entry-body').append(alertOf(problem));
      },
    };
  }

  /** A conversation that cannot be shown, as the entry that says so. */
  refused(problem, startNew) {
    return this.#entry(BOT, new Date().toISOString(), alertOf(problem),
      button('Start a new conversation', startNew, { class: 'choice' }));
  }

  #entry(from, at, ...body) {
    const bot = from === BOT;
    const entry = el('article', {
      class: `entry ${bot ? 'bot' : 'person'}${this.#lastFrom === from ? ' continued' : ''}`,
      data: { from }, 'aria-label': `${bot ? 'OpsConductor' : from}, ${timeOfDay(at)}`,
    },
      el('div', { class: `avatar hue-${bot ? 'bot' : hueOf(from)}`, 'aria-hidden': 'true' },
        bot ? '›✓' : [...from][0]?.toUpperCase()),
      el('div', { class: 'entry-main' },
        el('header', { class: 'entry-head' },
          el('span', { class: 'entry-name' }, bot ? 'OpsConductor' : from),
          el('time', { datetime: at }, timeOfDay(at))),
        el('div', { class: 'entry-body' }, body)));
    this.#lastFrom = from;
    this.element.append(entry);
    return entry;
  }
}

function alertOf(problem) {
  return problemBox(problem, null, { role: 'alert' });
}

function hueOf(name) {
  let sum = 0;
  for (const c of name) sum = (sum * 31 + c.codePointAt(0)) % 9973;
  return sum % HUES;
}
