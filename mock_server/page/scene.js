// What one step of a story shows, in words that can be read from afar.

import {html} from './drawing.js';
import {Word} from './parts.js';

const MOST_LINES = 10;
const MOST_LETTERS = 44;
const dollars = new Intl.NumberFormat('en-US', {style: 'currency', currency: 'USD'});
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

// A fact as people say it: money for cents, a day for a midnight, yes for true.
export function plain({name, value}) {
  if (/ in cents$/.test(name) && typeof value === 'number') return [name.replace(/ in cents$/, ''), dollars.format(value / 100)];
  return [name, worded(value)];
}

function worded(value) {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' && INSTANT.test(value)) return value.slice(0, 16).replace('T', ' ').replace(' 00:00', '');
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)} …` : text;
}

// The first call line by line, and each other call in one: ten lines at most.
export function lines(calls) {
  const [first, ...others] = calls;
  const room = MOST_LINES - others.length;
  const sent = pairs(first.body);
  const answered = pairs(first.reply);
  const kept = Math.max(1, room - 2 - Math.min(2, answered.length));
  return [
    {text: brief(`${first.method} ${first.path}`), kind: 'call'},
    ...sent.slice(0, kept).map(([name, value]) => ({text: `${name}: ${value}`, kind: 'sent'})),
    {text: `${first.status}`, kind: 'answer'},
    ...answered.slice(0, Math.max(1, room - 2 - Math.min(kept, sent.length))).map(([name, value]) => ({text: `${name}: ${value}`, kind: 'reply'})),
    ...others.map((each) => ({text: brief(`${each.method} ${each.path} ${each.status}`), kind: 'other'})),
  ];
}

// What says something comes before ids.
function pairs(value) {
  if (value === null || typeof value !== 'object') return [];
  const all = Object.entries(value).map(([name, each]) => [name.split('.').at(-1), brief(worded(each))]);
  return [...all.filter(([name]) => !isId(name)), ...all.filter(([name]) => isId(name))];
}

const isId = (name) => /(^|_)id$/.test(name);
// Nobody reads an id of 25 letters from afar.
const brief = (text) => text.replace(/\bc[0-9a-z]{24}\b/g, (id) => `${id.slice(0, 4)}…${id.slice(-3)}`);

export function Calls({calls}) {
  return html`<ol class="spoken" aria-label="The calls">${lines(calls).map((each, at) => html`<li key=${at} class=${each.kind}>${each.kind === 'answer' ? html`<${Word} kind=${Number(each.text) < 400 ? 'good' : 'bad'}>${`answered ${each.text}`}<//>` : html`<code>${each.text}</code>`}</li>`)}</ol>`;
}

export function Looks({sees}) {
  return sees.map((each, at) => html`<section key=${at} class="look"><h3>${each.who} <span class="faint">in ${each.where}</span></h3>
    ${each.facts.length ? each.facts.map((facts, row) => html`<dl key=${row}>${facts.map(plain).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`) : html`<p class="faint">nothing</p>`}</section>`);
}

export function Hooks({webhooks}) {
  if (!webhooks.length) return html`<p class="faint">No webhook left.</p>`;
  const counts = new Map();
  for (const each of webhooks) {
    const key = `${each.event} ${modelOf(each.body)}|${each.state}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return html`<ul class="hooks" aria-label="Webhooks that left">${[...counts].map(([key, count]) => { const [event, state] = key.split('|'); return html`<li key=${key}><code>${event}</code> <${Word}>${state}<//>${count > 1 ? ` ${count} times` : ''}</li>`; })}</ul>`;
}

function modelOf(body) {
  try {
    const {data} = JSON.parse(body);
    return String(data?.job_type ?? '').replace(/^READ_/, '').toLowerCase();
  } catch {
    return '';
  }
}
