// A plan: what would run, where, who asked, who may approve; and what became of it, in place.

import { button, el, fill } from './dom.js';
import { editForm } from './edit-form.js';
import { spans } from './format.js';
import { nextSteps } from './reading.js';
import { clock, count, oneOf, timeOfDay } from './text.js';

const EFFECTS = {
  read: 'only looks, changes nothing',
  change: 'changes something',
  destroy: 'cannot be undone',
};
const TARGETS_SHOWN = 12;

export class PlanCard {
  #plan;
  #actions;
  #state = el('span', { class: 'state-badge', testid: 'plan-state' });
  #outcome = el('div', { class: 'plan-outcome' });
  #foot = el('div', { class: 'plan-foot' });
  #instead;
  #countdown = el('span', { class: 'countdown' });
  #approvedBy = [];

  /**
   * actions: decide(plan, decision, { reason, code }), withdraw(plan) and dryRun(plan) resolve to a problem element or null; form(plan) to
   * { form } or { problem }; edit(plan, values) to a Problem or null, and problem(it) makes an element of one; user() is who
   * acts; say(text) says something as if typed; known(name) tells whether somebody can be picked; actAs(name) picks them.
   */
  constructor(plan, actions) {
    this.#plan = plan;
    this.#actions = actions;
    this.#instead = nextSteps(plan.instead, (text) => actions.say(text),
      { label: 'Not this?', name: 'What else it may have been', testid: 'instead' });
    this.element = el('section', {
      class: 'plan', testid: 'plan-card', tabindex: '-1', 'aria-label': `Plan: ${plan.summary}`,
      data: { approval: plan.approval, effect: plan.effect },
    }, this.#head(), this.#what(), this.#outcome, this.#foot, this.#instead, digest(plan.digest));
    if (plan.approval_rule?.kind === 'none') this.#show('approved', 'No approval needed');
    else this.#show('pending', 'Waiting for approval');
  }

  get pending() {
    return this.element.dataset.state === 'pending';
  }

  #head() {
    const { effect, summary, note, requester_name: name, requester } = this.#plan;
    return el('header', { class: 'plan-head' },
      el('div', { class: 'plan-badges' },
        el('span', { class: `effect ${effect}`, title: EFFECTS[effect] }, effect),
        el('span', { class: 'effect-words' }, EFFECTS[effect]),
        this.#state),
      el('h3', {}, spans(summary)),
      el('p', { class: 'plan-meta' }, 'Asked by ', el('strong', {}, name ?? requester), ' · ', this.#radius()),
      this.#plan.break_glass && el('p', { class: 'break-glass', testid: 'break-glass' },
        el('strong', {}, 'Break glass'), `: nobody else approves this. The reason: ${this.#plan.break_glass}`),
      note && el('p', { class: 'plan-note', testid: 'plan-note' }, note),
      this.#plan.how && el('p', { class: 'how', testid: 'plan-how' }, asSentence(this.#plan.how)));
  }

  #radius() {
    const { targets = 0, environments = {} } = this.#plan.blast_radius ?? {};
    if (targets === 0) return 'runs on the runner';
    const places = Object.entries(environments)
      .filter(([name]) => name !== '')
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, n]) => `${n} in ${name}`);
    return [count(targets, 'target'), places.length > 0 && [' (', el('strong', {}, places.join(', ')), ')']];
  }

  #what() {
    const steps = this.#plan.steps ?? [];
    return el('ol', { class: steps.length > 1 ? 'steps' : 'steps single' }, steps.map((step) => el('li', {},
      el('div', { class: 'step-title' },
        el('code', { class: 'tool' }, step.tool),
        steps.length > 1 && el('span', { class: `effect small ${step.effect}` }, step.effect)),
      step.how && el('p', { class: 'how', testid: 'step-how' }, asSentence(step.how)),
      commandsOf(step).map((command) => commandBlock(command, step.effect)))));
  }

  /** A decision event about this plan. */
  decision({ decision, user, reason, status, missing, still, at }) {
    if (decision === 'approve' && user) this.#approvedBy.push(user);
    const by = user ? ` by ${user}` : '';
    const why = reason ? `: ${reason}` : '';
    if (status === 'pending') {
      const more = still ? `; ${still}` : missing ? `; ${missing === 1 ? 'one more is needed' : `${missing} more are needed`}` : '';
      this.#show('pending', `Approved by ${this.#approvedBy.join(' and ')}${more}`, at);
    } else if (status === 'approved') {
      const names = this.#approvedBy.length > 0 ? ` by ${this.#approvedBy.join(' and ')}` : by;
      this.#show('approved', `Approved${names}`, at);
    } else {
      const sentence = {
        deny: `Denied${by}${why}`,
        expired: 'Expired before it was approved. Nothing ran; ask again to get a fresh plan.',
        cancelled: `Cancelled${by}${why}. Nothing ran.`,
        superseded: reason === 'edited' ? `Edited${by}: decide about the newer plan. Nothing of this one ran.`
          : `Superseded by a newer plan${why}. ${user ? `Asked for by ${user}. ` : ''}Nothing of this one ran.`,
      }[decision] ?? `${decision}${by}${why}`;
      this.#show({ deny: 'denied' }[decision] ?? decision, sentence, at);
    }
  }

  /** How the plan's execution stands: running, or one of the result's statuses. */
  execution(status) {
    if (this.element.dataset.state === status) return;
    this.element.dataset.state = status;
    fill(this.#state, status === 'interrupted' ? 'outcome unknown' : status);
    if (status === 'denied' && this.#outcome.childElementCount === 0) fill(this.#outcome, el('p', {}, 'Denied.'));
    if (status !== 'pending') this.#foot.hidden = true;
  }

  /** Another user acts now: who may approve is said anew. */
  userChanged() {
    if (this.pending && !this.#foot.contains(document.activeElement)) this.#paintFoot();
  }

  /** Called every second while it is pending. */
  tick(now) {
    const left = Date.parse(this.#plan.expires_at) - now;
    if (Number.isNaN(left)) return;
    fill(this.#countdown, left > 0 ? `Expires in ${clock(left)}.` : 'Expired.');
    this.#countdown.classList.toggle('soon', left < 60_000);
  }

  #show(state, sentence, at) {
    const hadFocus = this.#foot.contains(document.activeElement);
    this.element.dataset.state = state;
    fill(this.#state, { pending: 'waiting for approval' }[state] ?? state);
    const pendingStart = state === 'pending' && this.#approvedBy.length === 0;
    fill(this.#outcome, !pendingStart && el('p', {}, sentence,
      at && el('span', { class: 'when' }, ` · ${timeOfDay(at)}`)));
    this.#foot.hidden = state !== 'pending';
    const decided = this.#plan.approval_rule?.kind !== 'none' && !pendingStart;
    if (this.#instead) this.#instead.hidden = decided;
    if (state !== 'pending') fill(this.#foot);
    else if (!this.#foot.querySelector('.edit-form')) this.#paintFoot(); // What is typed there outlives a first approval.
    if (hadFocus) this.element.focus({ preventScroll: true });
  }

  #paintFoot() {
    const rule = this.#plan.approval_rule ?? {};
    const offers = this.#plan.actions ?? ['approve', 'deny'];
    this.tick(Date.now());
    fill(this.#foot,
      el('p', { class: 'rule' }, ruleSentence(rule, this.#plan), ' ', this.#countdown),
      el('div', { class: 'plan-actions' },
        offers.includes('approve') &&
          button('Approve', (e) => this.#plan.code ? this.#askCode() : this.#decide(e.currentTarget, 'approve'),
            { class: 'primary approve', testid: 'approve' }),
        offers.includes('deny') &&
          button('Deny', () => this.#askReason(), { class: 'deny', testid: 'deny' }),
        offers.includes('dry_run') &&
          button('Dry run', (e) => this.#act(e.currentTarget, () => this.#actions.dryRun(this.#plan)),
            { testid: 'dry-run', title: 'Shows how things stand, and changes nothing: a plan of its own' }),
        this.#own && offers.includes('edit') &&
          button('Edit', (e) => this.#edit(e.currentTarget), { class: 'edit', testid: 'edit' }),
        this.#own && offers.includes('break_glass') &&
          button('Break glass', () => this.#askEmergency(), { class: 'break-glass', testid: 'break-glass-ask',
            title: 'Runs it without the approval of others: you say why, and it is told' }),
        this.#own && offers.includes('withdraw') &&
          button('Withdraw', (e) => this.#act(e.currentTarget, () => this.#actions.withdraw(this.#plan)), { testid: 'withdraw' }),
        this.#hint(rule)));
  }

  /** Whether who acts now asked for it. */
  get #own() {
    return this.#plan.requester === `web:${this.#actions.user()}`;
  }

  /** When the acting user may not approve: the people who may, each one click away. */
  #hint(rule) {
    const approvers = rule.approvers ?? [];
    if (approvers.length === 0 || approvers.includes(this.#actions.user())) return null;
    const others = approvers.filter((name) => this.#actions.known(name) && !this.#approvedBy.includes(name));
    return el('span', { class: 'act-as' }, `You are ${this.#actions.user()}.`,
      others.slice(0, 4).map((name) => button(`Act as ${name}`, () => {
        this.#actions.actAs(name);
        this.#paintFoot();
        this.#foot.querySelector('.approve')?.focus();
      }, { class: 'quiet', testid: 'act-as' })));
  }

  /** A reason is needed, and is said in the conversation like any other message. */
  #askEmergency() {
    const input = el('input', { type: 'text', maxlength: '500', required: true, 'aria-label': 'Why it cannot wait for others',
      placeholder: 'Why it cannot wait', testid: 'break-glass-reason' });
    const back = () => {
      this.#paintFoot();
      this.#foot.querySelector('.break-glass')?.focus();
    };
    const form = el('form', { class: 'deny-form', on: {
      submit: (e) => {
        e.preventDefault();
        this.#actions.say(`break glass: ${input.value.trim()}`);
        back();
      },
      keydown: (e) => e.key === 'Escape' && back(),
    } }, input,
      el('button', { type: 'submit', class: 'button danger', testid: 'break-glass-confirm' }, 'Break glass'),
      button('Back', back, { class: 'quiet' }));
    this.#foot.querySelector('.plan-actions').replaceWith(form);
    input.focus();
  }

  #askReason() {
    const input = el('input', { type: 'text', maxlength: '500', 'aria-label': 'Reason for denying (optional)',
      placeholder: 'Reason (optional)', testid: 'deny-reason' });
    const back = () => {
      this.#paintFoot();
      this.#foot.querySelector('.deny')?.focus();
    };
    const form = el('form', { class: 'deny-form', on: {
      submit: (e) => {
        e.preventDefault();
        this.#decide(e.submitter ?? form, 'deny', { reason: input.value.trim() });
      },
      keydown: (e) => e.key === 'Escape' && back(),
    } }, input,
      el('button', { type: 'submit', class: 'button danger', testid: 'deny-confirm' }, 'Deny'),
      button('Back', back, { class: 'quiet' }));
    this.#foot.querySelector('.plan-actions').replaceWith(form);
    input.focus();
  }

  /** What cannot be undone: every target by its name, and the plan's code to be typed. */
  #askCode() {
    const { code } = this.#plan;
    const input = el('input', { type: 'text', maxlength: '40', autocomplete: 'off', autocapitalize: 'characters',
      spellcheck: 'false', 'aria-label': `Type ${code} to approve`, placeholder: code, testid: 'code' });
    const back = () => {
      this.#paintFoot();
      this.#foot.querySelector('.approve')?.focus();
    };
    const form = el('form', { class: 'code-form', testid: 'code-form', on: {
      submit: (e) => {
        e.preventDefault();
        this.#decide(e.submitter ?? form, 'approve', { code: input.value.trim() });
      },
      keydown: (e) => e.key === 'Escape' && back(),
    } },
      el('p', {}, el('strong', {}, 'This cannot be undone.'), ' It destroys something on:'),
      el('ul', { class: 'destroyed', testid: 'destroyed' }, destroyedTargets(this.#plan).map((name) => el('li', {}, name))),
      el('p', {}, 'Type ', el('code', { class: 'code' }, code), ' to approve.'),
      el('div', { class: 'code-row' }, input,
        el('button', { type: 'submit', class: 'button danger', testid: 'code-confirm' }, 'Approve'),
        button('Back', back, { class: 'quiet' })));
    this.#foot.querySelector('.plan-actions').replaceWith(form);
    input.focus();
  }

  async #edit(pressed) {
    let form = null;
    await this.#act(pressed, async () => {
      const answer = await this.#actions.form(this.#plan);
      form = answer.form;
      return answer.problem;
    });
    if (!form || !this.pending) return;
    const back = () => {
      this.#paintFoot();
      this.#foot.querySelector('.edit')?.focus();
    };
    const made = editForm(form, {
      save: (values) => this.#actions.edit(this.#plan, values), back, problem: this.#actions.problem,
    });
    this.#foot.querySelector('.plan-actions').replaceWith(made.element);
    made.focus();
  }

  #decide(pressed, decision, said) {
    return this.#act(pressed, () => this.#actions.decide(this.#plan, decision, said));
  }

  /** Does something once, however often its button is pressed meanwhile, and shows the problem that it may resolve to. */
  async #act(pressed, act) {
    const controls = [...this.#foot.querySelectorAll('button, input')];
    this.#foot.querySelector('.problem')?.remove();
    // aria-disabled instead of disabled: a disabled button loses the focus, and a keyboard user their place.
    if (pressed.getAttribute('aria-disabled') === 'true') return;
    controls.forEach((control) => control.setAttribute('aria-disabled', 'true'));
    const problem = await act();
    controls.forEach((control) => control.removeAttribute('aria-disabled'));
    if (!problem) return;
    (this.pending ? this.#foot : this.#outcome).append(problem);
    problem.scrollIntoView({ block: 'nearest' });
  }
}

/** "db-01 (production)" for each target of a step that destroys, each once. */
function destroyedTargets(plan) {
  const names = (plan.steps ?? []).filter(({ effect }) => effect === 'destroy').flatMap((step) => step.commands ?? [])
    .map(({ target, environment }) => (environment ? `${target} (${environment})` : target));
  return [...new Set(names)];
}

/** The commands of a step, those that are the same on several targets together. */
function commandsOf(step) {
  const groups = new Map();
  const commands = step.commands?.length
    ? step.commands
    : (step.targets ?? []).map((target) => ({ target, command: step.command }));
  for (const { target, command, account, environment } of commands) {
    const key = JSON.stringify([command, account ?? '']);
    if (!groups.has(key)) groups.set(key, { command, account, targets: [] });
    groups.get(key).targets.push({ target, environment });
  }
  return [...groups.values()];
}

function commandBlock({ command, account, targets }, effect) {
  const most = effect === 'destroy' ? targets.length : TARGETS_SHOWN; // What cannot be undone hides behind no button.
  const names = el('ul', { class: 'targets', 'aria-label': 'Targets' });
  const show = (shown) => fill(names, shown.map(({ target, environment }) => el('li', { class: 'target-chip' },
    target, environment && el('span', { class: 'environment' }, environment))));
  show(targets.slice(0, most));
  const more = targets.length > most && el('li', {}, button(`Show all ${targets.length} targets`, () => {
    show(targets);
    names.setAttribute('tabindex', '-1');
    names.focus();
  }, { class: 'quiet' }));
  if (more) names.append(more);
  return el('div', { class: 'command' },
    el('div', { class: 'command-where' }, names, account && el('span', { class: 'account' }, `as ${account}`)),
    el('pre', { class: 'command-text', testid: 'command' }, words(command)));
}

/**
 * A command whose lines break between words and not after the hyphens of an option, and whose own line ends are marked,
 * so that they cannot pass for broken lines. Its text stays the same.
 */
function words(command = '') {
  return command.split(/([^ \n\t]+|\n)/).map((part, i) =>
    i % 2 === 0 ? part : el('span', { class: part === '\n' ? 'line-end' : 'word' }, part));
}

function ruleSentence(rule, plan) {
  if (plan.needs?.length > 0) {
    return [plan.needs.map((need) => [el('strong', {}, need), ' ']), rule.reason && spans(asSentence(rule.reason))];
  }
  const people = rule.approvers ?? [];
  const wanted = rule.approvals > 1 ? `${rule.approvals} of these people must approve: ${people.join(', ')}.`
    : people.length > 0 ? `May be approved by ${oneOf(people)}.`
    : rule.kind === 'someone_else' ? `Somebody other than ${plan.requester_name} must approve.`
    : `${plan.requester_name} may approve.`;
  return [el('strong', {}, wanted), rule.reason && [' ', spans(asSentence(rule.reason))]];
}

function asSentence(text) {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

function digest(value) {
  return el('details', { class: 'digest' },
    el('summary', {}, 'What exactly is approved'),
    el('p', {}, 'The commands above, byte for byte. The runner renders them again before anything runs and refuses ',
      'unless this digest is the same:'),
    el('code', {}, value));
}
