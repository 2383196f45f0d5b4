// Stage: a story fills the page, for a projector. Arrow keys go on and back.

import {Failure} from './parts.js';
import {html, useEffect} from './drawing.js';
import {go, href, world} from './place.js';
import {Calls, Hooks, Looks} from './scene.js';
import {begin, goBack, goOn, isBusy, look, tellingError, told} from './telling.js';

const ON = new Set(['ArrowRight', 'PageDown']);
const BACK = new Set(['ArrowLeft', 'PageUp']);

export function Stage({name}) {
  useEffect(() => { look(name); }, [name, world.value]);
  useEffect(() => {
    const press = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (ON.has(event.key)) goOn(name);
      else if (BACK.has(event.key)) goBack(name);
      else if (event.key === 'Escape') go(href(['stories', name]));
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [name]);
  const story = told.value;
  return html`<main class="presented" aria-label="Stage">
    <header><p class="faint"><${Progress} story=${story} /></p><h1 aria-live="polite">${story?.scene?.title ?? story?.title ?? 'A story'}</h1></header>
    ${tellingError.value && html`<${Trouble} name=${name} />`}
    ${story && (story.scene ? html`<${Scene} scene=${story.scene} />` : html`<${Opening} story=${story} />`)}
    <${Controls} name=${name} story=${story} />
  </main>`;
}

function Progress({story}) {
  if (!story) return 'Loading …';
  if (story.step === null) return `${story.steps.length} steps`;
  return `${story.title} · ${story.step} of ${story.steps.length} · ${story.at.slice(0, 16).replace('T', ' ')}`;
}

function Trouble({name}) {
  const isUsed = told.value?.step === null;
  return html`<${Failure} error=${tellingError.value} what="the next step" />${isUsed && html`<p><button onClick=${() => begin(name, true)}>Reset the world ${world.value} and begin</button></p>`}`;
}

function Opening({story}) {
  return html`<div class="opening"><p>${story.about}</p><ol>${story.steps.map((each) => html`<li key=${each.number}>${each.title}</li>`)}</ol></div>`;
}

function Scene({scene}) {
  return html`<div class="acts">
    <section class="person" aria-label="What a person does"><h2>${scene.who}</h2><p>${scene.does}</p></section>
    <section class="said" aria-label="The call and its reply"><h2 class="hidden">The call and its reply</h2><${Calls} calls=${scene.calls} /></section>
    <section class="seen" aria-label="What is seen now"><h2 class="hidden">What is seen now</h2><${Looks} sees=${scene.sees} /><${Hooks} webhooks=${scene.webhooks} /></section>
  </div>`;
}

function Controls({name, story}) {
  const isBegun = story?.step !== null && story?.step !== undefined;
  return html`<footer class="buttons">
    <button onClick=${() => goBack(name)} disabled=${isBusy.value || !story?.step}>← Back</button>
    <button onClick=${() => goOn(name)} disabled=${isBusy.value || !story || story.is_over}>${isBegun ? 'Next →' : 'Begin →'}</button>
    ${story?.is_over && html`<span class="faint">The end.</span>`}
    ${isBegun && html`<button onClick=${() => begin(name, true)} disabled=${isBusy.value}>Begin anew</button>`}
    <a href=${href(['stories', name])}>Leave</a></footer>`;
}
