// What stands around every view: the worlds, the views, the clock, the token, the keys.

import {Act, Confirmed, Copy, Field, Form, Time, distance} from './parts.js';
import {changes, isOffline, isTokenWanted, keepToken, root, send} from './calling.js';
import {clock, clockError, now, turn} from './clock.js';
import {html, signal, useState} from './drawing.js';
import {KEYS, areKeysShown} from './keys.js';
import {go, href, isWorldName, rest, view, world, worldsSeen} from './place.js';
import {Stage} from './stage.js';
import {Calls} from './views/calls.js';
import {Coverage} from './views/coverage.js';
import {Faults} from './views/faults.js';
import {LeadPro} from './views/leadpro.js';
import {Propexo} from './views/propexo.js';
import {Records} from './views/records.js';
import {Reference} from './views/reference.js';
import {Stories} from './views/stories.js';
import {TimeLine} from './views/time.js';
import {Webhooks} from './views/webhooks.js';
import {Worlds} from './views/worlds.js';

const VIEWS = [
  ['calls', 'Calls', Calls],
  ['time', 'Time', TimeLine],
  ['records', 'Records', Records],
  ['webhooks', 'Webhooks', Webhooks],
  ['faults', 'Faults', Faults],
  ['leadpro', 'LeadPro', LeadPro],
  ['propexo', 'Propexo', Propexo],
  ['worlds', 'Worlds', Worlds],
  ['reference', 'Reference', Reference],
  ['coverage', 'Coverage', Coverage],
  ['stories', 'Stories', Stories],
];
const STAGE = 'mock-server stage';
const isStage = signal(localStorage.getItem(STAGE) === 'yes');

export function Frame() {
  const [, title, Shown] = VIEWS.find(([name]) => name === view.value) ?? VIEWS[0];
  document.title = `${title} · ${world.value} · mock-server`;
  const isPresented = view.value === 'stories' && rest.value[1] === 'stage';
  document.documentElement.classList.toggle('stage', isStage.value && !isPresented);
  document.documentElement.classList.toggle('presenting', isPresented);
  if (isPresented && !isTokenWanted.value) return html`<${Stage} name=${rest.value[0]} />`;
  return html`<div class="frame">
    <header class="side">
      <a class="brand" href=${href(['calls'])}>mock-server</a>
      <${WorldChooser} />
      <nav aria-label="Views">${VIEWS.map(([name, text]) => html`<a key=${name} href=${href([name])} aria-current=${text === title ? 'page' : undefined}>${text}</a>`)}</nav>
      <${Foot} />
    </header>
    <div class="main">
      <${Clock} />
      ${isOffline.value && html`<div class="failure" role="alert"><strong>No server answers at ${root}.</strong> Start it again with make run. The page goes on by itself.</div>`}
      ${isTokenWanted.value && html`<${Token} />`}
      ${areKeysShown.value && html`<${Keys} />`}
      <main key=${`${view.value} ${world.value}`} aria-label=${title}><${Shown} /></main>
    </div>
  </div>`;
}

function WorldChooser() {
  const [text, setText] = useState('');
  const choose = (event) => {
    event.preventDefault();
    if (!isWorldName(text)) return;
    go(href([view.value], {}, text));
    setText('');
  };
  const reset = async () => {
    await send('POST', '/__admin/reset', {});
    return 'The world is as it was seeded.';
  };
  return html`<section class="worlds" aria-label="World">
    <label class="field"><span>World</span><select value=${world.value} onChange=${(event) => go(href([view.value], {}, event.target.value))}>
      ${[...new Set([world.value, ...worldsSeen.value, 'default'])].map((each) => html`<option key=${each} value=${each} selected=${each === world.value}>${each}</option>`)}
    </select></label>
    <form class="other" onSubmit=${choose}><input aria-label="Another world" placeholder="another world" value=${text} onInput=${(event) => setText(event.target.value)} pattern="[A-Za-z0-9_\\-]{1,64}" autocomplete="off" spellcheck=${false} /><button>Go</button></form>
    <${Confirmed} run=${reset} text="Reset" question="Forget all of ${world.value}?" />
  </section>`;
}

function Clock() {
  const state = clock.value;
  const by = (span) => () => turn('advance', {by: span});
  return html`<section class="clock" aria-label="Clock">
    <strong class="now">${now.value ? now.value.slice(0, 19).replace('T', ' ') : '…'}</strong>
    <span class="word ${state?.is_frozen ? 'waiting' : 'plain'}">${state ? (state.is_frozen ? 'frozen' : 'flowing') : 'reading'}</span>
    <span class="buttons">${state?.is_frozen
      ? html`<${Act} run=${() => turn('set', {flow: true})}>Flow<//>`
      : html`<${Act} run=${() => turn('set', {freeze: true})}>Freeze<//>`}
    <${Act} run=${by('1h')}>+1 h<//><${Act} run=${by('1d')}>+1 d<//>
    <${Act} run=${() => turn('advance', {until: 'idle'})} title="Run all pending work">Until idle<//></span>
    <span class="due">${state?.next_due ? html`next: <${Time} at=${state.next_due} /> ${distance(state.next_due)}` : state ? 'nothing is due' : ''}
      ${state && !state.is_idle && html` <span class="word waiting">work pending</span>`}
      ${clockError.value && !state && html`<span class="wrong">the clock cannot be read</span>`}</span>
    <span class="urls"><${Copy} text=${`${root}v1`} label="Propexo URL" title="Copy ${root}v1" /><${Copy} text=${`${root}api/v103`} label="LeadPro URL" title="Copy ${root}api/v103" /><button class="small" title="Read everything again (r)" onClick=${() => { changes.value += 1; }}>Refresh</button></span>
  </section>`;
}

function Foot() {
  const turnStage = () => {
    isStage.value = !isStage.value;
    localStorage.setItem(STAGE, isStage.value ? 'yes' : 'no');
  };
  return html`<p class="foot"><button class="small" aria-pressed=${isStage.value} onClick=${turnStage}>Stage</button>
    <button class="small" aria-pressed=${areKeysShown.value} onClick=${() => { areKeysShown.value = !areKeysShown.value; }}>Keys ?</button></p>`;
}

function Token() {
  return html`<section class="panel" aria-label="Control token"><h2>This server wants its control token</h2>
    <p>The server printed the token at its start, or <code>--control-token</code> set it. This tab keeps it until you close it.</p>
    <${Form} label="Control token" button="Use this token" send=${({token}) => keepToken(token)}><${Field} name="token" label="Token" type="password" isWanted=${true} /><//></section>`;
}

function Keys() {
  return html`<section class="panel" aria-label="Keys"><h2>Keys</h2><dl class="keys">${KEYS.map(([key, what]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl></section>`;
}
