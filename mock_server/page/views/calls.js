// Calls: what was called in this world, as it comes.

import {Act, Empty, Failure, Row, Rows, Search, Status, Time} from '../parts.js';
import {LABEL} from '../calling.js';
import {calls, isKnown, isPaused, isWithControl, journalError, pause, readOlder, total} from '../journal.js';
import {curl} from '../curl.js';
import {html, signal} from '../drawing.js';
import {ask, asked, href, rest, world} from '../place.js';
import {Call} from './call.js';

const ONLY = [['', 'all'], ['refused', 'refused'], ['writes', 'writes'], ['slow', 'over 50 ms']];
const isOwnShown = signal(false);

const TESTS = {
  '': () => true,
  refused: (call) => call.status >= 400,
  writes: (call) => call.request.method !== 'GET',
  slow: (call) => call.milliseconds > 50,
};

function fits(call, words) {
  const {request} = call;
  const text = `${request.method} ${request.path} ${request.query} ${call.status} ${call.operation} ${call.credential ?? ''}`.toLowerCase();
  return words.every((each) => text.includes(each));
}

export function Calls() {
  const words = asked('q').toLowerCase().split(/\s+/).filter(Boolean);
  const test = TESTS[asked('only')] ?? TESTS[''];
  const shown = calls.value.filter((each) => (isOwnShown.value || each.credential !== LABEL) && test(each) && fits(each, words));
  const number = Number(rest.value[0]);
  const chosen = number && calls.value.find((each) => each.number === number);
  const keep = {q: asked('q'), only: asked('only')};
  return html`<div class="split ${rest.value[0] ? 'is-open' : ''}"><section class="list">
    <h1>Calls</h1>
    <div class="filters"><${Search} value=${asked('q')} onSearch=${(q) => ask({q})} label="Search calls" />
      <label class="inline">Show <select value=${asked('only')} onChange=${(event) => ask({only: event.target.value})}>${ONLY.map(([key, text]) => html`<option key=${key} value=${key} selected=${key === asked('only')}>${text}</option>`)}</select></label>
      <label class="inline"><input type="checkbox" checked=${isOwnShown.value} onChange=${(event) => { isOwnShown.value = event.target.checked; }} /> of this page</label>
      <label class="inline"><input type="checkbox" checked=${isWithControl.value} onChange=${(event) => { isWithControl.value = event.target.checked; }} /> of the control API</label>
      <button aria-pressed=${isPaused.value} onClick=${() => pause(!isPaused.value)}>${isPaused.value ? 'Go on' : 'Pause'}</button></div>
    ${journalError.value && html`<${Failure} error=${journalError.value} what="the calls" />`}
    <${List} shown=${shown} number=${number} keep=${keep} />
  </section>${rest.value[0] && html`<${Call} key=${rest.value[0]} number=${rest.value[0]} isKnown=${Boolean(chosen)} back=${href(['calls'], keep)} />`}</div>`;
}

function List({shown, number, keep}) {
  if (!isKnown.value && !journalError.value) return html`<p class="faint loading" role="status">Loading the calls …</p>`;
  if (!shown.length && (keep.q || keep.only)) return html`<${Empty}>No call is like that. Clear the search, or show all.<//>`;
  if (!shown.length) {
    const line = curl({path: '/v1/leads/?limit=2', headers: {authorization: `Bearer sandbox_${world.value}`}});
    return html`<${Empty} curl=${line}>No calls yet in the world ${world.value}. Try this:<//>`;
  }
  return html`<${Rows} label="Calls, newest first">${shown.map((each) => lineOf(each, each.number === number, keep))}<//>
    ${total.value > calls.value.length && html`<${Act} run=${readOlder}>Read older calls<//>`}`;
}

const drawn = new WeakMap();

// A line that has not changed is the same object, which preact then leaves alone.
function lineOf(call, isChosen, keep) {
  const state = `${isChosen} ${keep.q} ${keep.only}`;
  const known = drawn.get(call);
  if (known?.state === state) return known.line;
  const line = html`<${Line} key=${call.number} call=${call} isChosen=${isChosen} keep=${keep} />`;
  drawn.set(call, {state, line});
  return line;
}

function Line({call, isChosen, keep}) {
  const {request} = call;
  return html`<${Row} to=${href(['calls', call.number], keep)} isChosen=${isChosen} kind="call">
    <span class="at"><${Time} at=${call.at} /></span><span class="method">${request.method}</span>
    <span class="path">${request.path}${request.query && html`<span class="faint">?${request.query}</span>`}</span>
    <${Status} code=${call.status} /><span class="number faint">${call.milliseconds.toFixed(1)} ms</span>
    <span class="faint label">${call.credential ?? ''}</span><//>`;
}
