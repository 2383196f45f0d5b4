// Worlds: which there are, how to make, copy and remove one, and the snapshots of the chosen one.

import {Act, Confirmed, Empty, Field, Form, Loaded, Time, Word} from '../parts.js';
import {read, send, useLoad} from '../calling.js';
import {html} from '../drawing.js';
import {go, href, rest, world} from '../place.js';
import {Compare} from './compare.js';

export function Worlds() {
  const loaded = useLoad('worlds', (end) => read('/__admin/worlds?limit=1000', end));
  const other = rest.value[0] === 'compare' && rest.value[1];
  return html`<div class="split ${other ? 'is-open' : ''}"><section class="list"><h1>Worlds</h1><${Loaded} of=${loaded} what="the worlds">${({results}) => html`
    <ul class="lines" aria-label="Worlds">${results.map((each) => html`<${Line} key=${each.name} of=${each} />`)}</ul>`}<//>
    <${Snapshots} /><${Make} names=${(loaded.value?.results ?? []).map((each) => each.name)} /></section>${other && html`<${Compare} key=${other} other=${other} back=${href(['worlds'])} />`}</div>`;
}

function Line({of}) {
  const isHere = of.name === world.value;
  const remove = async () => {
    await send('DELETE', `/__admin/worlds/${encodeURIComponent(of.name)}`);
    return 'It is gone.';
  };
  return html`<li><a class="name" href=${href(['calls'], {}, of.name)} aria-current=${isHere ? 'true' : undefined}>${of.name}</a>
    <span class="at"><${Time} at=${of.now} isWhole=${true} /></span> <${Word} kind=${of.is_frozen ? 'waiting' : 'plain'}>${of.is_frozen ? 'frozen' : 'flowing'}<//>
    ${!of.is_idle && html`<${Word} kind="waiting">work pending<//>`} <span class="faint">seed ${of.seed}</span>
    ${of.snapshots.length > 0 && html`<span class="faint">snapshots: ${of.snapshots.join(', ')}</span>`}
    ${isHere ? html`<${Word} kind="good">you are here<//>` : html`<span class="buttons"><a href=${href(['worlds', 'compare', of.name])}>Compare</a><${Confirmed} run=${remove} text="Remove" question="Forget all of ${of.name}?" /></span>`}</li>`;
}

function Snapshots() {
  const loaded = useLoad('snapshots', (end) => read('/__admin/snapshots?limit=1000', end));
  const take = async ({name}) => {
    await send('POST', '/__admin/snapshots', {name});
    return 'Kept. Restore it as often as you like.';
  };
  const restore = (name) => async () => {
    await send('POST', `/__admin/snapshots/${encodeURIComponent(name)}/restore`, {});
    return 'The world is as it was.';
  };
  return html`<h2>Snapshots of ${world.value}</h2><${Loaded} of=${loaded} what="the snapshots">${({results}) => (results.length ? html`<ul class="lines" aria-label="Snapshots">${results.map((each) => html`<li key=${each.name}><span class="name">${each.name}</span> <span>of <${Time} at=${each.at} isWhole=${true} /></span>
    <span class="buttons"><${Act} kind="small" run=${restore(each.name)}>Restore<//><${Act} kind="small" run=${() => send('DELETE', `/__admin/snapshots/${encodeURIComponent(each.name)}`)}>Remove<//></span></li>`)}</ul>`
    : html`<${Empty}>This world has no snapshot. Take one before you try something, and restore it afterwards.<//>`)}<//>
    <${Form} label="Take a snapshot" button="Take a snapshot" send=${take}><${Field} name="name" label="Name" value="before" isWanted=${true} /><//>`;
}

function Make({names}) {
  const make = async ({name, from, seed, start_at: start, freeze}) => {
    const body = {name, ...(from && {from}), ...(seed && {seed: Number(seed)}), ...(start && {start_at: start}), ...(freeze && {freeze: true})};
    await send('POST', '/__admin/worlds', body);
    go(href(['worlds'], {}, name));
  };
  return html`<h2>Make a world</h2><p class="faint">A copy has all that the other world has now. From then on neither changes the other.</p>
    <${Form} label="Make a world" button="Make" send=${make}><${Field} name="name" label="Name" isWanted=${true} />
      <${Field} name="from" label="Copy of" choices=${[['', 'none, seeded anew'], ...names]} /><${Field} name="seed" label="Seed (empty: the server's)" type="number" />
      <${Field} name="start_at" label="Its clock begins at" placeholder="2026-12-24T09:00:00Z" /><${Field} name="freeze" label="Its clock" choices=${[['', 'flows'], ['yes', 'stands still']]} /><//>`;
}
