// What is running or has run: one foldable section per target, worst first when it is over, and Cancel while it runs.

import { button, el, fill } from './dom.js';
import { Output } from './output.js';
import { nextSteps, readings } from './reading.js';
import { count, duration } from './text.js';

const WORST_FIRST = ['interrupted', 'failed', 'timed_out', 'unreachable', 'cancelled', 'skipped', 'not_needed', 'succeeded'];
const SIGNS = { running: '', succeeded: '✓', skipped: '–', not_needed: '–', cancelled: '–', denied: '–', interrupted: '?', partial: '!' };
const WORDS = { timed_out: 'timed out', not_needed: 'not needed', interrupted: 'outcome unknown' };
const OPEN_UP_TO = 3;

export class Execution {
  #steps = new Map(); // step index → { element, targets: Map of name → Target }
  #badge = el('span', { class: 'state-badge' });
  #summary = el('div', { class: 'execution-summary' });
  #readings = el('div', { class: 'readings' });
  #waiting = el('p', { class: 'waiting', testid: 'waiting', hidden: true });
  #body = el('div', { class: 'execution-steps' });
  #cancel;

  /**
   * plan is the plan event it belongs to, if known; cancel() asks to cancel, rerun(targets) to run it again, on 'all' or
   * only on those that 'failed'; both may resolve to a problem element. say(text) says something, as if typed;
   * picture(reading, look) is the address of the picture of a reading.
   */
  constructor(execution, plan, { cancel, rerun, say, picture }) {
    this.say = say;
    this.picture = picture;
    this.rerun = rerun;
    this.execution = execution;
    this.severalSteps = (plan?.steps?.length ?? 1) > 1;
    this.running = true;
    this.#cancel = button('Cancel', async () => {
      this.#cancel.disabled = true;
      const problem = await cancel();
      if (!problem) return;
      this.#cancel.disabled = false;
      this.#body.append(problem);
    }, { class: 'quiet danger', testid: 'cancel' });
    this.element = el('section', { class: 'execution', testid: 'execution', 'aria-label': 'Execution' },
      el('div', { class: 'execution-head' }, this.#badge, this.#summary, this.#cancel), this.#waiting, this.#readings, this.#body);
    this.#show('running', '');
  }

  #show(status, text) {
    this.element.dataset.status = status;
    fill(this.#badge, mark(status), WORDS[status] ?? status);
    fill(this.#summary, text);
  }

  progress(event) {
    if (!this.running) return;
    if (event.state === 'cancelling') {
      this.#cancel.disabled = true;
      return this.#show('running', 'Cancelling…');
    }
    if (event.target === undefined) return;
    this.#wait(event.state === 'waiting' ? event : null);
    if (event.state === 'waiting') return;
    this.#target(event).progress(event);
    if (event.state === 'output') return;
    const targets = this.#targets();
    const done = targets.filter((target) => target.status !== 'running').length;
    if (targets.length > 1) fill(this.#summary, `${done} of ${count(targets.length, 'target')} done`);
  }

  /** Why nothing seems to happen: told until something does. */
  #wait(event) {
    this.#waiting.hidden = !event;
    fill(this.#waiting, event && [event.target && `${event.target}: `, event.text]);
  }

  result(event) {
    this.running = false;
    this.#wait(null);
    this.element.dataset.testid = 'result';
    this.#show(event.status, event.summary);
    this.#cancel.remove();
    for (const result of event.step_results ?? []) this.#target(result).result(result);
    for (const [, { element, targets }] of this.#steps) {
      const sorted = [...targets.values()].sort((a, b) => rank(a.status) - rank(b.status));
      for (const target of sorted) {
        target.unknownIfRunning();
        target.open(sorted.length <= OPEN_UP_TO || target.status !== 'succeeded');
        element.append(target.element);
      }
    }
    fill(this.#readings, readings(event.readings, this.picture));
    const next = nextSteps(event.next, this.say);
    if (next) this.element.append(next);
    this.#offerRerun();
  }

  /** Ways to run it again: a fresh plan each, to be approved like any other. */
  #offerRerun() {
    const failed = new Set(this.#targets().filter(({ status }) => !['succeeded', 'not_needed'].includes(status)).map(({ name }) => name));
    const foot = el('div', { class: 'execution-foot' });
    const offer = (label, targets) => button(label, async (e) => {
      const pressed = e.currentTarget;
      if (pressed.getAttribute('aria-disabled') === 'true') return;
      pressed.setAttribute('aria-disabled', 'true');
      foot.querySelector('.problem')?.remove();
      const problem = await this.rerun(targets);
      pressed.removeAttribute('aria-disabled');
      if (problem) foot.append(problem);
    }, { class: 'quiet', testid: `rerun-${targets}` });
    foot.append(offer('Run again', 'all'));
    if (failed.size > 0) foot.append(offer(`Run again on ${failed.size} failed`, 'failed'));
    this.element.append(foot);
  }

  #targets() {
    return [...this.#steps.values()].flatMap(({ targets }) => [...targets.values()]);
  }

  #target({ step = 0, tool, target }) {
    if (!this.#steps.has(step)) {
      const element = el('div', { class: 'execution-step' },
        this.severalSteps && el('h4', {}, `Step ${step + 1}`, tool && [' · ', el('code', {}, tool)]));
      this.#steps.set(step, { element, targets: new Map() });
      const inOrder = [...this.#steps].sort(([a], [b]) => a - b).map(([, { element: e }]) => e);
      this.#body.replaceChildren(...inOrder);
    }
    const { element, targets } = this.#steps.get(step);
    if (!targets.has(target)) {
      const made = new Target(target);
      targets.set(target, made);
      element.append(made.element);
    }
    return targets.get(target);
  }
}

class Target {
  #sign = el('span', { class: 'sign' });
  #tags = el('span', { class: 'tags' });
  #reason = el('p', { class: 'reason', hidden: true });

  constructor(name) {
    this.name = name;
    this.status = 'running';
    this.stdout = new Output('stdout', name);
    this.stderr = new Output('stderr', name);
    this.element = el('details', { class: 'target', open: true, testid: 'target', data: { target: name, status: 'running' } },
      el('summary', {}, this.#sign, el('span', { class: 'target-name' }, name), this.#tags),
      el('div', { class: 'target-body' }, this.#reason, this.stdout.element, this.stderr.element));
    this.#show('running');
  }

  open(open) {
    this.element.open = open;
  }

  progress({ state, stream, text, status, exit_code, duration_ms }) {
    if (state === 'output') (stream === 'stderr' ? this.stderr : this.stdout).append(text ?? '');
    if (state === 'finished') this.#show(status ?? 'succeeded', exit_code, duration_ms);
  }

  result({ status, exit_code, duration_ms, stdout = '', stderr = '', stdout_truncated, stderr_truncated, reason }) {
    this.#show(status, exit_code, duration_ms);
    this.stdout.finish(stdout, stdout_truncated, status === 'succeeded' ? 'head' : 'tail');
    this.stderr.finish(stderr, stderr_truncated, 'tail');
    this.#reason.hidden = !reason;
    fill(this.#reason, reason);
    if (status === 'succeeded' && !stdout && !stderr) {
      this.#reason.hidden = false;
      fill(this.#reason, 'It ended without any output.');
    }
  }

  /** A target that the result does not mention was cut short: say so rather than spin for ever. */
  unknownIfRunning() {
    if (this.status === 'running') this.#show('interrupted');
  }

  #show(status, exitCode, durationMs) {
    this.status = status;
    this.element.dataset.status = status;
    fill(this.#sign, mark(status));
    fill(this.#tags,
      status !== 'succeeded' && el('span', { class: 'tag state' }, WORDS[status] ?? status),
      typeof exitCode === 'number' && el('span', { class: 'tag exit', data: { exit: exitCode } }, `exit ${exitCode}`),
      durationMs > 0 && el('span', { class: 'tag' }, duration(durationMs)));
  }
}

function mark(status) {
  return status === 'running'
    ? el('span', { class: 'spinner', 'aria-hidden': 'true' })
    : el('span', { class: 'mark', 'aria-hidden': 'true' }, SIGNS[status] ?? '✕');
}

function rank(status) {
  return WORST_FIRST.indexOf(status);
}
