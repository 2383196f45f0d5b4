// Stories: which there are, where one is in this world, and what its last step showed.

import {Details, Empty, Failure, Loaded, Row, Rows} from '../parts.js';
import {read, useLoad} from '../calling.js';
import {html, useEffect} from '../drawing.js';
import {href, rest, world} from '../place.js';
import {Calls, Hooks, Looks} from '../scene.js';
import {begin, goBack, goOn, isBusy, look, tellingError, told} from '../telling.js';

export function Stories() {
  const name = rest.value[0];
  const loaded = useLoad('stories', (end) => read('/__admin/stories', end), {isLive: false});
  return html`<div class="split ${name ? 'is-open' : ''}"><section class="list"><h1>Stories</h1>
    <p class="faint">People do things, programs make calls, and both systems show what follows. Each step is made of real calls in the world ${world.value}.</p>
    <${Loaded} of=${loaded} what="the stories">${({results}) => (results.length ? html`<${Rows} label="Stories">${results.map((each) => html`<${Row} key=${each.name} to=${href(['stories', each.name])} isChosen=${each.name === name}><span class="name"><strong>${each.title}</strong> <span class="faint">${each.about}</span></span><span class="faint label">${each.steps.length} steps</span><//>`)}<//>` : html`<${Empty}>There is no story.<//>`)}<//>
  </section>${name && html`<${Told} key=${name} name=${name} />`}</div>`;
}

function Told({name}) {
  useEffect(() => { look(name); }, [name, world.value]);
  const story = told.value;
  return html`<${Details} title=${story?.title ?? name} back=${href(['stories'])}>
    <p>${story?.about ?? ''}</p>
    <${Controls} name=${name} story=${story} />
    ${tellingError.value && html`<${Failure} error=${tellingError.value} what="the story" />${story?.step === null && html`<p><button onClick=${() => begin(name, true)}>Reset the world ${world.value} and begin</button></p>`}`}
    ${story && html`<ol class="steps">${story.steps.map((each) => html`<li key=${each.number} aria-current=${each.number === story.step ? 'step' : undefined}><strong>${each.title}</strong> <span class="faint">${each.does}</span></li>`)}</ol>`}
    ${story?.scene && html`<h3>${story.scene.title}</h3><p><strong>${story.scene.who}.</strong> ${story.scene.does}</p><${Calls} calls=${story.scene.calls} /><${Looks} sees=${story.scene.sees} /><${Hooks} webhooks=${story.scene.webhooks} />`}<//>`;
}

function Controls({name, story}) {
  const isBegun = story?.step !== null && story?.step !== undefined;
  return html`<p class="buttons"><a class="button" href=${href(['stories', name, 'stage'])}>Present it here</a>
    <a class="button" href=${href(['stories', name, 'stage'], {}, `story-${name}`)}>Present it in a world of its own</a>
    <button onClick=${() => goBack(name)} disabled=${isBusy.value || !story?.step}>Back</button>
    <button onClick=${() => goOn(name)} disabled=${isBusy.value || !story || story.is_over}>${isBegun ? 'Next step' : 'Begin'}</button>
    ${isBegun && html`<button onClick=${() => begin(name, true)} disabled=${isBusy.value}>Begin anew</button>`}</p>`;
}
