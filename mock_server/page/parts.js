// The pieces that views are made of: words for states, times, rows, forms, and what stands for nothing.

import {html, useEffect, useRef, useState} from './drawing.js';
import {now, today} from './clock.js';
import {Refused} from './calling.js';

// A state is a word; its colour says it again.
const GOOD = new Set(['delivered', 'SUCCESS', 'ACTIVE', 'healthy', 'occupied', 'active', 'same']);
const WAITING = new Set(['waiting', 'leaving', 'PENDING', 'PARTIAL_SUCCESS', 'assumed', 'notice', 'unread', 'inferred']);
const BAD = new Set(['lost', 'blocked', 'FAILURE', 'FAILED', 'down', 'refused', 'differs', 'cannot log in', 'failed']);

export function Word({children, kind}) {
  const text = String([children].flat().join(''));
  const found = kind || (GOOD.has(text) ? 'good' : WAITING.has(text) ? 'waiting' : BAD.has(text) ? 'bad' : 'plain');
  return html`<span class="word ${found}">${text.toLowerCase().replaceAll('_', ' ')}</span>`;
}

export function Status({code}) {
  const kind = code === null || code >= 400 ? 'bad' : code >= 300 ? 'waiting' : 'good';
  return html`<span class="word number ${kind}">${code ?? 'no reply'}</span>`;
}

// The time of the world; how far away that is stands in the title.
export function Time({at, isWhole = false}) {
  if (!at) return html`<span class="faint">never</span>`;
  const text = isWhole ? at.slice(0, 19).replace('T', ' ') : short(at, today.value);
  const tell = (event) => { event.currentTarget.title = `${at}, ${distance(at)}`; };
  return html`<time datetime=${at} onPointerEnter=${tell}>${text}</time>`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// Today needs no date, and another year no time of day.
function short(at, day) {
  if (at.slice(0, 10) === day) return at.slice(11, 19);
  if (at.slice(0, 4) !== day.slice(0, 4)) return at.slice(0, 10);
  return `${MONTHS[at.slice(5, 7) - 1]} ${at.slice(8, 10)} ${at.slice(11, 16)}`;
}

export function distance(at) {
  const seconds = (Date.parse(at) - Date.parse(now.value)) / 1000;
  if (Number.isNaN(seconds)) return '';
  const size = Math.abs(seconds);
  const [count, unit] = size < 90 ? [size, 's'] : size < 5400 ? [size / 60, 'min']
    : size < 129600 ? [size / 3600, 'h'] : [size / 86400, 'days'];
  return seconds < 0 ? `${Math.round(count)} ${unit} ago` : `in ${Math.round(count)} ${unit}`;
}

export function Json({value, label = 'JSON'}) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return html`<pre tabindex="0" role="region" aria-label=${label}>${text === undefined ? 'nothing' : text}</pre>`;
}

export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export function Copy({text, label = 'Copy', title, isCurl}) {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    const later = isDone && setTimeout(() => setDone(false), 1500);
    return () => clearTimeout(later);
  }, [isDone]);
  const copy = () => copyText(text).then(() => setDone(true));
  return html`<button class="small" title=${title} data-curl=${isCurl} onClick=${copy}>${isDone ? 'Copied' : label}</button>`;
}

export async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Browsers have no clipboard for pages that come over http from another machine.
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

// Show a loaded value, or why there is none.
export function Loaded({of, children, what = 'this'}) {
  if (of.error && of.value === undefined) return html`<${Failure} error=${of.error} what=${what} />`;
  if (of.value === undefined) return html`<p class="faint loading" role="status">Loading ${what} …</p>`;
  const warning = of.error && html`<${Failure} error=${of.error} what=${what} />`;
  return html`${warning}${children[0] ? children[0](of.value) : children(of.value)}`;
}

export function Failure({error, what = 'this'}) {
  const advice = error instanceof Refused ? `The server refused it with ${error.status}.`
    : 'No server answers. Is it still running? The page goes on by itself once it does.';
  const words = error instanceof Refused ? error.message : '';
  return html`<div class="failure" role="alert"><strong>Could not load ${what}.</strong> ${advice}${words && html`<p>${words}</p>`}</div>`;
}

export function Empty({children, curl}) {
  return html`<div class="empty"><p>${children}</p>${curl && html`<pre tabindex="0" role="region" aria-label="A call to try">${curl}</pre><${Copy} text=${curl} label="Copy the call" />`}</div>`;
}

// Do something when a button is pressed, and say beside it what went wrong.
export function Act({children, run, kind = '', title, isOff = false, said}) {
  const [state, setState] = useState({isBusy: false, error: null, note: ''});
  const press = async (event) => {
    event.preventDefault();
    setState({isBusy: true, error: null, note: ''});
    try {
      const note = await run();
      setState({isBusy: false, error: null, note: typeof note === 'string' ? note : said || ''});
    } catch (error) {
      setState({isBusy: false, error, note: ''});
    }
  };
  return html`<span class="act"><button class=${kind} title=${title} disabled=${isOff || state.isBusy} onClick=${press}>${children}</button>
    ${state.note && html`<span class="note" role="status">${state.note}</span>`}
    ${state.error && html`<span class="wrong" role="alert">${state.error.message}</span>`}</span>`;
}

// A button that asks once more before it destroys something.
export function Confirmed({run, text, question}) {
  const [isAsked, setAsked] = useState(false);
  const yes = async () => { const note = await run(); setTimeout(() => setAsked(false), 2000); return note; };
  return isAsked
    ? html`<span class="confirm"><span>${question}</span> <${Act} kind="danger" run=${yes}>${text}<//> <button onClick=${() => setAsked(false)}>Keep</button></span>`
    : html`<button onClick=${() => setAsked(true)}>${text} …</button>`;
}

// A form that sends an object of its named fields, and keeps its text where it was refused.
export function Form({children, send, button = 'Send', label}) {
  const [state, setState] = useState({isBusy: false, error: null, note: ''});
  const form = useRef();
  const submit = async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(form.current)].filter(([, text]) => text !== ''));
    setState({isBusy: true, error: null, note: ''});
    try {
      const note = await send(fields);
      setState({isBusy: false, error: null, note: typeof note === 'string' ? note : 'Done.'});
    } catch (error) {
      setState({isBusy: false, error, note: ''});
    }
  };
  return html`<form ref=${form} class="form" aria-label=${label} onSubmit=${submit}>${children}
    <button disabled=${state.isBusy}>${button}</button>
    ${state.note && html`<p class="note" role="status">${state.note}</p>`}
    ${state.error && html`<p class="wrong" role="alert">${state.error.message}</p>`}</form>`;
}

export function Field({name, label, value = '', placeholder = '', choices, isWanted = false, type = 'text'}) {
  const input = choices
    ? html`<select name=${name} required=${isWanted}>${choices.map((each) => {
      const [key, text] = Array.isArray(each) ? each : [each, each];
      return html`<option key=${key} value=${key} selected=${key === value}>${text}</option>`;
    })}</select>`
    : html`<input name=${name} type=${type} defaultValue=${value} placeholder=${placeholder} required=${isWanted} autocomplete="off" spellcheck=${false} />`;
  return html`<label class="field"><span>${label}</span>${input}</label>`;
}

export function Search({value, onSearch, label = 'Search'}) {
  return html`<input type="search" class="search" aria-label=${label} placeholder="${label}  ( / )" value=${value}
    onInput=${(event) => onSearch(event.target.value)} data-search />`;
}

// A list whose rows are links: j and k move, Enter opens.
export function Rows({children, label}) {
  return html`<ul class="rows" aria-label=${label}>${children}</ul>`;
}

export function Row({to, isChosen, children, kind = ''}) {
  return html`<li><a class="row ${kind}" href=${to} data-row aria-current=${isChosen ? 'true' : undefined}>${children}</a></li>`;
}

// What is chosen, beside the list; never over it.
export function Details({title, back, children}) {
  const heading = useRef();
  useEffect(() => { if (matchMedia('(max-width: 60rem)').matches) heading.current?.scrollIntoView(); }, [title]);
  return html`<section class="details" aria-label="Details"><header><h2 ref=${heading}>${title}</h2>
    <a href=${back} data-back title="Close (Escape)">Close</a></header>${children}</section>`;
}

export function Facts({of}) {
  const shown = of.filter(([, value]) => value !== undefined);
  return html`<dl class="facts">${shown.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value === null || value === '' ? html`<span class="faint">none</span>` : value}</dd></div>`)}</dl>`;
}

// Text in which backticks stand around code.
export function Prose({text = ''}) {
  return text.split('`').map((each, at) => (at % 2 ? html`<code key=${at}>${each}</code>` : each));
}
